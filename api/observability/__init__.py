"""Health, metrics and the state of the pipeline."""
