"""The regions that the simulator plays in."""

from __future__ import annotations

from typing import Final, NamedTuple


class Region(NamedTuple):
    """``share`` is its part of the world's plays in any unit; the clock is a rough one."""

    code: str
    share: float
    hours_east_of_utc: float


WORLD: Final = (
    Region("US", 20, -6),
    Region("BR", 11, -3),
    Region("IN", 11, 5.5),
    Region("MX", 9, -6),
    Region("GB", 9, 0),
    Region("DE", 9, 1),
    Region("JP", 7, 9),
    Region("FR", 7, 1),
    Region("TR", 5, 3),
    Region("KR", 4, 9),
    Region("ES", 4, 1),
    Region("TH", 3, 7),
    Region("CA", 3, -5),
    Region("EG", 3, 2),
    Region("AU", 2, 10),
    Region("UA", 2, 2),
    Region("TW", 2, 8),
    Region("SE", 2, 1),
    Region("GR", 1, 2),
)
REGION_CODES: Final = tuple(region.code for region in WORLD)
