"""HTTP as every route answers it: caching, problems, compression, addresses, the dashboard's files."""
