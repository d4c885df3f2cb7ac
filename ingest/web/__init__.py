"""What browsers are told."""
