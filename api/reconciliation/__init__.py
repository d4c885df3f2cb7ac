"""Whether Kafka, the lake and the charts agree about a day."""
