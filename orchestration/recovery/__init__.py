"""Bring the pipeline back after a store was lost."""
