"""The read-only ways to Postgres and the lake."""
