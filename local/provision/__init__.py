"""Topics, buckets, users, roles and deployments, in line with `.env`; safe to run again."""
