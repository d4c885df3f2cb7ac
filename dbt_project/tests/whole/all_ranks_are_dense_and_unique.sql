-- In all history, every published chart counts 1, 2, 3, … up to its size, and each song stands once.
select
    entries.chart,
    entries.region,
    entries.window_start
from {{ ref('settled_entries') }} as entries
inner join {{ ref('charts') }} as charts on entries.chart = charts.name
group by entries.chart, entries.region, entries.window_start, charts.size
having
    min(entries.rank) <> 1
    or max(entries.rank) <> count(*)
    or max(entries.rank) > charts.size
    or count(distinct entries.rank) <> count(*)
    or count(distinct entries.song_id) <> count(*)
