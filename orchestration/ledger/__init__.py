"""What enrichment has brought to silver, and the checks that nothing is missing."""
