"""Programs that people scrobble with, run against the whole stack. They are not part of the project."""
