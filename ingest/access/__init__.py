"""Who may write, and how much."""
