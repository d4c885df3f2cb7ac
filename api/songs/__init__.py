"""Songs and their chart history."""
