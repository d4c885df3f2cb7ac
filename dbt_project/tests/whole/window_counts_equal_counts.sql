-- Every current revision carries the counts that its chart was made from: the sums of its songs' counts.
with published as (
    select
        charts.grain,
        revisions.*
    from {{ ref('chart_revisions') }} as revisions
    inner join {{ ref('charts') }} as charts on revisions.chart = charts.name
    where revisions.replaced_at is null
)

select
    grain,
    region,
    window_start
from published
full outer join {{ counted_windows() }} as counted using (grain, region, window_start)
where
    published.region is null
    or published.total_plays <> coalesce(counted.plays, 0)
    or {{ counters_differ('published', 'counted', uncounted()) }}
