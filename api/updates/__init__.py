"""Server-sent events for changed charts."""
