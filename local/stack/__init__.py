"""`make up`, `down`, `status`, `logs` and `clean`."""
