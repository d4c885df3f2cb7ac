select
    grain,
    region,
    window_start,
    window_end,
    revision,
    total_plays,
    total_songs,
    changed_at,
    computed_at,
    false as live,
    withheld
from {{ ref('settled_windows') }}
where window_start < {{ open_from() }}
union all
select
    windows.grain,
    windows.region,
    windows.window_start,
    windows.window_end,
    coalesce((
        select known.revision
        from {{ ref('settled_windows') }} as known
        where
            known.grain = windows.grain
            and known.region = windows.region
            and known.window_start = windows.window_start
    ), 1) as revision,
    windows.shown_plays as total_plays,
    windows.shown_songs as total_songs,
    null as changed_at,
    (select max(partitions.counted_at) from {{ source('live', 'offsets') }} as partitions) as computed_at,
    true as live,
    windows.withheld
from {{ ref('live_chart_windows') }} as windows
