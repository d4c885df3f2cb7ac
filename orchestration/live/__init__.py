"""Load schema `live` from silver: the one repair of live counts."""
