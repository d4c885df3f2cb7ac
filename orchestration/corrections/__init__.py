"""Changes to what is settled: a redrive, a rebuild, an erasure, a withdrawn key, lost tables."""
