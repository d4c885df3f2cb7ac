"""Counts of settled windows: freeze, count from silver, compare with live, settle."""
