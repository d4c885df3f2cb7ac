"""Entries of many charts at once: of every region in one window, and of one region over time."""
