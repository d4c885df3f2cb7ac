-- `global` is the sum of the regions: in total for every window that changed anywhere, and for each of its ranked songs.

-- Every chart of a grain has the same totals.
with changes as (
    select distinct
        grain,
        region,
        window_start,
        total_plays
    from {{ ref('int_window_changes') }}
),

windows as (
    select distinct
        grain,
        window_start
    from changes
),

totals as (
    select
        grain,
        region,
        window_start,
        total_plays
    from changes
    union all
    select
        published.grain,
        published.region,
        published.window_start,
        published.total_plays
    from windows
    cross join lateral {{ published_counts_of_all_regions('windows') }} as published
    left join changes
        on
            published.grain = changes.grain
            and published.region = changes.region
            and published.window_start = changes.window_start
    where changes.region is null
),

global_songs as (
    select *
    from {{ ref('int_ranked_songs') }}
    where region = 'global'
)

select
    grain,
    window_start,
    cast(null as text) as song_id
from totals
group by grain, window_start
having
    coalesce(sum(total_plays) filter (where region = 'global'), 0)
    <> coalesce(sum(total_plays) filter (where region <> 'global'), 0)
union all
select
    global_songs.grain,
    global_songs.window_start,
    global_songs.song_id
from global_songs
-- Each song by itself, and in each region by its whole key, however few rows the planner expects.
cross join
    lateral (
        select {{ counter_sums('counted') }}
        from totals
        left join lateral {{ counted_song('global_songs', 'totals') }} as counted on true
        where
            totals.region <> 'global'
            and totals.grain = global_songs.grain
            and totals.window_start = global_songs.window_start
    ) as region_songs
where {{ counters_differ('global_songs', 'region_songs') }}
