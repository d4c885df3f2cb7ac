"""The rules of a play: spelling, identity, refusals, and how bodies are read."""
