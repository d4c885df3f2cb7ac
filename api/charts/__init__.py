"""Charts, their windows and regions, as JSON and CSV."""
