"""What every route shares: bounds, compression, problems, headers."""
