"""Take the plays of a write key out of the counts, and bring them back."""
