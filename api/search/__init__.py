"""Songs by what people type."""
