-- Every window with a counted play is listed, with the totals of its counts, its true end, and the revision of its entries.
with counted as (
    select
        grain,
        region,
        window_start,
        sum(plays) as total_plays,
        count(*) as total_songs
    from {{ source('counts', 'song_counts') }}
    where plays > 0
    group by grain, region, window_start
),

published as (
    select
        'hour' as grain,
        region,
        window_start,
        revision
    from {{ ref('settled_hourly') }}
    union all
    select
        'day' as grain,
        region,
        window_start,
        revision
    from {{ ref('settled_daily') }}
),

entries as (
    select
        grain,
        region,
        window_start,
        min(revision) as lowest_revision,
        max(revision) as highest_revision
    from published
    group by grain, region, window_start
)

select
    grain,
    region,
    window_start
from {{ ref('settled_windows') }} as windows
full outer join counted using (grain, region, window_start)
left join entries using (grain, region, window_start)
where
    windows.revision is null
    or windows.total_plays <> coalesce(counted.total_plays, 0)
    or windows.total_songs <> coalesce(counted.total_songs, 0)
    or windows.window_end <> windows.window_start + {{ window_length() }}
    or windows.revision <> coalesce(entries.lowest_revision, windows.revision)
    or windows.revision <> coalesce(entries.highest_revision, windows.revision)
