"""How one entry of a chart was counted."""
