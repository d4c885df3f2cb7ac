"""Number ones: of every region in one window, and of one region over time."""
