"""Times as exports write them. A date that can be read in two ways is refused, not guessed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from clients.importers.rows import SkippedRowError

MILLISECONDS_FROM: Final = 100_000_000_000
MICROSECONDS_FROM: Final = 100_000_000_000_000
"""Numbers of this size are milliseconds (or microseconds) since 1970: as seconds they lie after the year 5000."""
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER: Final = re.compile(r"-?[0-9]{1,17}(\.[0-9]+)?")
_CLOCK: Final = (
    r"(?:[\sT,]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_FORMS: Final = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK),
    re.compile(
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})\.?[\s-]+(?P<name>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})" + _CLOCK
    ),
    re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})" + _CLOCK),
    re.compile(r"(?P<first>\d{1,2})(?P<separator>[/.-])(?P<other>\d{1,2})[/.-](?P<year>\d{4})" + _CLOCK),
)


def read_instant(value: object, *, zone: tzinfo | None = UTC, day_first: bool | None = None) -> datetime:
    """Return the instant that a number or a text means, in UTC.

    ``zone`` is that of times that do not say theirs; with None they are skipped. ``day_first`` decides a date such
    as 12/10/2017. Raises ``SkippedRowError`` for anything that is not a time.
    """
    if value in (None, "") or isinstance(value, bool):
        raise SkippedRowError("no time")
    text = str(value).strip()
    try:
        if _NUMBER.fullmatch(text):
            return _from_number(float(text))
        return _from_text(text, zone, day_first)
    except SkippedRowError:
        raise
    except (ValueError, OverflowError) as error:
        raise SkippedRowError("a time that cannot be read") from error


def write_rfc_3339(instant: datetime) -> str:
    """Return an instant as ingest reads it."""
    return instant.astimezone(UTC).isoformat()


def _from_number(number: float) -> datetime:
    if number >= MICROSECONDS_FROM:
        number /= 1_000_000
    elif number >= MILLISECONDS_FROM:
        number /= 1_000
    # Whole seconds, as the services keep them: the same play gets the same identity from every export.
    return _EPOCH + timedelta(seconds=int(number // 1))


def _from_text(text: str, zone: tzinfo | None, day_first: bool | None) -> datetime:
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise SkippedRowError("a time that cannot be read")
    parts = found.groupdict()
    month, day = _read_date(parts, day_first)
    naive = datetime(int(parts["year"]), month, day, *_read_clock(parts))
    told = _read_zone(parts["zone"]) or zone
    if told is None:
        raise SkippedRowError("a time without a zone: say which with --zone")
    return naive.replace(tzinfo=told).astimezone(UTC)


def _read_date(parts: dict[str, str | None], day_first: bool | None) -> tuple[int, int]:
    if name := parts.get("name"):
        return MONTHS.index(name[:3].lower()) + 1, int(parts["day"] or 0)
    if parts.get("month"):
        return int(parts["month"] or 0), int(parts["day"] or 0)
    first, other = int(parts["first"] or 0), int(parts["other"] or 0)
    if parts["separator"] == "." or first > 12 or first == other:
        return other, first
    if other > 12:
        return first, other
    if day_first is None:
        raise SkippedRowError("a date with two readings, such as 12/10/2017: say --dates day-first or month-first")
    return (other, first) if day_first else (first, other)


def _read_clock(parts: dict[str, str | None]) -> tuple[int, int, int, int]:
    if parts["hour"] is None:
        raise SkippedRowError("a date without a time of day")
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    micros = int(float(parts["fraction"] or 0) * 1_000_000)
    return hour, int(parts["minute"] or 0), int(parts["second"] or 0), micros


def _read_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo
