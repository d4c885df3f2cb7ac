"""Histories whose public answers are compared: what the stream counts, and times that do not depend on the clock."""

from __future__ import annotations

from typing import Final

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, day
from tests.dbt.live_counts import fill_live, open_windows
from tests.dbt.public.routes import OPENED

COUNTED_THROUGH: Final = day(3)
_FIX_TIMES: Final = """
    update builds.chart_revisions
    set
        changed_at = case when changed_at is null or changed_at < '2025-01-01' then changed_at else '{instant}' end,
        computed_at = case when computed_at < '2025-01-01' then computed_at else '{instant}' end,
        replaced_at = case when replaced_at is null or replaced_at < '2025-01-01' then replaced_at else '{instant}' end
"""
_LIVE_OFFSETS: Final = """
    insert into live.offsets (partition, next_offset, complete_through, counted_at) values (0, 0, %s, %s)
"""


def stream(project: ChartProject, live: CountedHours) -> None:
    """Let the stream have counted these hours, which are open from then on."""
    with project.server.connect("live") as connection:
        fill_live(connection, live.windows())
        open_windows(connection, OPENED)
        connection.execute("delete from live.offsets")
        connection.execute(_LIVE_OFFSETS, [COUNTED_THROUGH, COUNTED_THROUGH])


def fix_times(project: ChartProject, instant: str) -> None:
    """What was written just now was written at `instant`, whenever the test runs."""
    project.execute("dbt", _FIX_TIMES.format(instant=instant))
