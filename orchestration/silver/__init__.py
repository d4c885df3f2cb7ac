"""Bronze rows become plays, duplicates or rejected rows."""
