"""The live counter: Kafka's plays counted into Postgres within a second, for windows that are open."""
