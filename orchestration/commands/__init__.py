"""What an operator runs; each is a target of the Makefile."""
