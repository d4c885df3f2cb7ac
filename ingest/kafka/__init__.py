"""How services connect to Kafka."""
