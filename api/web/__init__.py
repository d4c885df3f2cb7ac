"""HTTP of every route: caching, problems, compression, content negotiation."""
