"""What a key may do."""
