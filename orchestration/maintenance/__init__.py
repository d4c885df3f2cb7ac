"""Compaction, lifetimes, and how long Kafka keeps messages."""
