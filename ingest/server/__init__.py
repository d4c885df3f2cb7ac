"""Gunicorn's settings and worker."""
