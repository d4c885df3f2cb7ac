"""The statement of a chart with the ranks of its songs over the last windows."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL

from api.charts.grains import Grain
from api.charts.queries import SONGS, compose_chart

_RANK_PATHS: Final = SQL(""",
        (
            select '[' || coalesce(string_agg(paths.ranks, ',' order by paths.rank), '') || ']'
            from (
                select
                    entries.rank,
                    json_agg(
                        case when step.back = 0 then entries.rank else past.rank end order by step.back desc
                    )::text as ranks
                from entries
                cross join generate_series(0, %(history)s - 1) as step(back)
                left join (
                    select song_id, window_start, rank from {songs}
                    where region = %(region)s
                        and window_start >= (select window_start from asked) - (%(history)s - 1) * %(length)s
                        and window_start < (select window_start from asked)
                ) as past
                    on past.song_id = entries.song_id
                    and past.window_start = (select window_start from asked) - step.back * %(length)s
                group by entries.rank
            ) as paths
        ) as history""")

CHART_WITH_RANK_PATHS: Final[dict[Grain, bytes]] = {
    grain: compose_chart(grain, _RANK_PATHS.format(songs=songs)) for grain, songs in SONGS.items()
}
"""As ``CHART``, and ``history``: for each entry its ranks in the last windows, oldest first, the chart's own last, null
where it was not on the chart, as the text of a JSON list. Further parameter: history, how many windows."""
