"""Former revisions of restated charts."""
