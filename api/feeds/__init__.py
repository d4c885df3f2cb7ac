"""Charts as Atom feeds."""
