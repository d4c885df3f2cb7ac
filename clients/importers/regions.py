"""The region of a row: its own when ISO 3166 has it, or else the one that the user gave."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from clients.importers.rows import Import, SkippedRowError
from ingest.play import Region

NO_REGION = "no region: say where with --region"
_REGION: TypeAdapter[str] = TypeAdapter(Region)


def choose_region(said: object, wanted: Import) -> str:
    """Return the region of a row that says ``said``; raises ``SkippedRowError`` when there is none."""
    region = wanted.region if said in (None, "") else find_region(str(said)) or wanted.region
    if region is None:
        raise SkippedRowError(NO_REGION)
    return region


@lru_cache(maxsize=1_000)
def find_region(code: str) -> str | None:
    """Return a country's code in upper case, or None for one that is not in ISO 3166, such as ``ZZ`` or ``XK``."""
    try:
        return str(_REGION.validate_python(code))
    except ValidationError:
        return None
