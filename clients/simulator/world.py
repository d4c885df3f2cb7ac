"""The regions that the simulator plays in."""

from __future__ import annotations

from typing import Final, NamedTuple


class Region(NamedTuple):
    """``share`` is its part of the world's plays in any unit; the clock is a rough one."""

    code: str
    share: float
    hours_east_of_utc: float


# Largest first.
_CLOCKS: Final = (
    ("US", -6), ("BR", -3), ("IN", 5.5), ("MX", -6), ("GB", 0), ("DE", 1), ("JP", 9), ("FR", 1), ("ID", 7), ("TR", 3),
    ("ES", 1), ("IT", 1), ("KR", 9), ("PH", 8), ("CA", -5), ("AU", 10), ("AR", -3), ("NL", 1), ("PL", 1), ("TH", 7),
    ("CO", -5), ("SE", 1), ("EG", 2), ("VN", 7), ("MY", 8), ("CL", -4), ("TW", 8), ("UA", 2), ("PE", -5), ("NG", 1),
    ("ZA", 2), ("NO", 1), ("BE", 1), ("PT", 0), ("DK", 1), ("CH", 1), ("FI", 2), ("AT", 1), ("GR", 2), ("IE", 0),
    ("NZ", 12), ("IS", 0),
)  # fmt: skip
WORLD: Final = tuple(Region(code, 1 / rank, hours) for rank, (code, hours) in enumerate(_CLOCKS, start=1))
"""42 regions with Zipf's shares: the second has half the plays of the first, the last a 42nd."""
REGION_CODES: Final = tuple(region.code for region in WORLD)
