"""Charts from counts: dbt builds them, superseded builds are pruned."""
