-- Every new build is whole: it counts 1, 2, 3, … without gaps or shared places up to its number of entries, and no song
-- has two ranks.
select
    builds.chart,
    builds.region,
    builds.window_start,
    written.entries
from {{ ref('int_chart_builds') }} as builds
-- Build by build, however few the planner expects: all history is not read.
cross join
    lateral (
        select
            count(*) as entries,
            coalesce(max(entries.rank), 0) as last_rank,
            count(distinct entries.rank) as ranks,
            count(distinct entries.song_id) as songs
        from {{ ref('chart_entries') }} as entries
        where
            entries.chart = builds.chart
            and entries.region = builds.region
            and entries.window_start = builds.window_start
            and entries.build_id = builds.build_id
    ) as written
where
    written.entries <> builds.entries
    or written.last_rank <> builds.entries
    or written.ranks <> builds.entries
    or written.songs <> builds.entries
