"""The two lengths of a window, and how a request names one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

_RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Grain(StrEnum):
    """The length of a window."""

    HOUR = "hour"
    DAY = "day"


class ChartPath(StrEnum):
    """The length of a window as it stands in an address."""

    HOURLY = "hourly"
    DAILY = "daily"

    @property
    def grain(self) -> Grain:
        """The same as a grain."""
        return Grain.HOUR if self is ChartPath.HOURLY else Grain.DAY


LENGTHS: Final = {Grain.HOUR: timedelta(hours=1), Grain.DAY: timedelta(days=1)}


def _require_rfc_3339(value: object) -> object:
    # pydantic alone would also take a bare number as seconds since 1970.
    if isinstance(value, str) and not _RFC_3339.fullmatch(value):
        message = "must be an RFC 3339 time with its zone, such as 2026-11-22T14:00:00Z (write + as %2B)"
        raise PydanticCustomError("not_rfc_3339", message)
    return value


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("not_rfc_3339", "must lie between the years 1 and 9999 in UTC") from error


def _require_whole_hour(instant: datetime) -> datetime:
    if instant != instant.replace(minute=0, second=0, microsecond=0):
        raise PydanticCustomError("not_on_the_hour", "must be the start of an hour in UTC")
    return instant


def _require_iso_date(value: object) -> object:
    if isinstance(value, str) and not _ISO_DATE.fullmatch(value):
        raise PydanticCustomError("not_a_date", "must be a date such as 2026-11-22")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_require_rfc_3339), AfterValidator(_in_utc)]
"""A time of a request, in UTC once it is read."""

Hour = Annotated[Instant, AfterValidator(_require_whole_hour)]
"""The start of an hour, in UTC once it is read."""

Date = Annotated[date, BeforeValidator(_require_iso_date)]
"""A day in UTC."""


def start_of_day(day: date | None) -> datetime | None:
    """Midnight UTC at the start of ``day``."""
    return None if day is None else datetime.combine(day, time(), UTC)
