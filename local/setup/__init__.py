"""What `make setup` fetches and builds."""
