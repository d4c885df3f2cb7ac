"""What has happened in a random history: how often each thing that is easily got wrong was drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta

from tests.dbt.counted_hours import DAY, HOUR, Songs, Window
from tests.dbt.naive_charts import Entry

LEAP_DAY = (2, 29)
KINDS = (
    "an entry of a leap day, compared with the window before",
    "an entry compared with a window of the year before",
    "a region that appears late",
    "a return after a window without a chart",
    "a song pushed below the last place",
    "a song that is not played again in the next window",
    "a late play that changes a later window",
    "a window that becomes empty",
)

Charts = Mapping[Window, Mapping[str, Entry]]


def by_window(entries: Iterable[Entry]) -> dict[Window, dict[str, Entry]]:
    """Returns each chart's entries by song."""
    charts: dict[Window, dict[str, Entry]] = {}
    for entry in entries:
        charts.setdefault(Window(*entry[:3]), {})[entry.song_id] = entry
    return charts


def kinds_of_round(before: Charts, after: Charts, counts: Mapping[Window, Songs], changed: Set[Window]) -> Counter[str]:
    """Returns how often each kind occurred in a round that changed `changed`, and led from `before` to `after`."""
    found: Counter[str] = Counter()
    known = {window.region for window in before}
    found[KINDS[2]] = len({window.region for window in after} - known) if before else 0
    found[KINDS[7]] = sum(1 for window in before if window not in after)
    for window, chart in after.items():
        found.update(kind for entry in chart.values() for kind in _kinds_of_entry(entry, window, after))
        found.update(_departures(chart, after.get(_next(window)), counts.get(_next(window))))
        if window not in changed and window in before:
            found[KINDS[6]] += sum(entry != before[window].get(song) for song, entry in chart.items())
    return found


def _kinds_of_entry(entry: Entry, window: Window, charts: Charts) -> Iterable[str]:
    start, earlier = window.window_start, _shifted(window, -_step(window))
    if entry.previous_rank is not None and _month_and_day(start) == LEAP_DAY:
        yield KINDS[0]
    if entry.previous_rank is not None and start.year != earlier.window_start.year:
        yield KINDS[1]
    if entry.movement == "re_entry" and earlier not in charts:
        yield KINDS[3]


def _departures(chart: Mapping[str, Entry], later: Mapping[str, Entry] | None, counts: Songs | None) -> Iterable[str]:
    for song in chart if later is not None and counts is not None else ():
        if song not in (later or ()):
            yield KINDS[4] if song in (counts or {}) and (counts or {})[song].plays else KINDS[5]


def _step(window: Window) -> timedelta:
    return HOUR if window.grain == "hour" else DAY


def _shifted(window: Window, by: timedelta) -> Window:
    return window._replace(window_start=window.window_start + by)


def _next(window: Window) -> Window:
    return _shifted(window, _step(window))


def _month_and_day(instant: datetime) -> tuple[int, int]:
    return instant.month, instant.day
