"""Kafka: connections, the producer, and the confirmation of each play."""
