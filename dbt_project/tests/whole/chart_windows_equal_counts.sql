-- Every window with a counted play has a current revision, with the totals of its counts, its true end and its entries.
with counted as (
    select
        charts.name as chart,
        counts.region,
        counts.window_start,
        counts.window_start + {{ window_length('charts.grain') }} as window_end,
        sum(counts.plays) as total_plays,
        count(*) as total_songs
    from {{ source('counts', 'song_counts') }} as counts
    inner join {{ ref('charts') }} as charts on counts.grain = charts.grain
    where counts.plays > 0
    group by charts.name, charts.grain, counts.region, counts.window_start
),

published as (
    select *
    from {{ ref('chart_revisions') }}
    where replaced_at is null
),

shown as (
    select
        chart,
        region,
        window_start,
        count(*) as entries
    from {{ ref('settled_entries') }}
    group by chart, region, window_start
)

select
    chart,
    region,
    window_start
from published
full outer join counted using (chart, region, window_start)
full outer join shown using (chart, region, window_start)
where
    published.revision is null
    or published.total_plays <> coalesce(counted.total_plays, 0)
    or published.total_songs <> coalesce(counted.total_songs, 0)
    or published.window_end <> coalesce(counted.window_end, published.window_end)
    or published.entries <> coalesce(shown.entries, 0)
