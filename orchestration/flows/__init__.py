"""Prefect's flows, what they share, and their deployment."""
