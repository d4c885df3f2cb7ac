"""What became of one play."""
