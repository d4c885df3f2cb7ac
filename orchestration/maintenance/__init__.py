"""What the tables in Postgres keep, and for how long."""
