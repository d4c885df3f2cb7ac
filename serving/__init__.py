"""What ingest and the api share: how they serve HTTP."""
