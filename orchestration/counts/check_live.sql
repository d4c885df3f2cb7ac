-- The windows in [start, end) of one grain whose live and settled counts differ. Run in the transaction that made the
-- temporary table settled_counts.
with live_counts as (
    select
        region,
        cast(day as timestamp) at time zone 'UTC' + make_interval(hours => greatest(hour, 0)) as window_start,
        %(prefix)s || lpad(to_hex(song_id), 16, '0') as song_id,
        plays,
        raw_plays,
        too_short,
        over_cap,
        duplicates,
        late,
        listeners,
        last_played_at
    from live.song_counts
    where
        (hour >= 0) = (%(grain)s = 'hour')
        and day >= cast(%(start)s at time zone 'UTC' as date)
        and cast(day as timestamp) at time zone 'UTC' + make_interval(hours => greatest(hour, 0)) >= %(start)s
        and cast(day as timestamp) at time zone 'UTC' + make_interval(hours => greatest(hour, 0)) < %(end)s
),

compared as (
    select
        region,
        window_start,
        coalesce(live_counts.plays, 0) as live_plays,
        coalesce(settled_counts.plays, 0) as settled_plays,
        row(
            live_counts.plays, live_counts.raw_plays, live_counts.too_short, live_counts.over_cap, live_counts.duplicates,
            live_counts.late, live_counts.listeners, live_counts.last_played_at
        ) is distinct from row(
            settled_counts.plays, settled_counts.raw_plays, settled_counts.too_short, settled_counts.over_cap,
            settled_counts.duplicates, settled_counts.late, settled_counts.listeners, settled_counts.last_played_at
        ) as differs
    from live_counts
    full outer join settled_counts using (region, window_start, song_id)
)

select
    region,
    window_start,
    cast(sum(live_plays) as bigint) as live_plays,
    cast(sum(settled_plays) as bigint) as settled_plays,
    count(*) filter (where differs) as songs
from compared
group by region, window_start
having bool_or(differs)
order by window_start, region
