-- Make the counts of a reseeded day from its listeners and totals, by the rules that streaming/live/count_plays.sql adds by.
-- Parameters: day, cap. The tables of the day are named in place of LISTENER_SONGS and SONG_COUNTS.
with levels as (
    select
        listeners.listener,
        listeners.song_id,
        listeners.eligible,
        windows.hour,
        windows.region
    from LISTENER_SONGS as listeners
    cross join lateral (
        values
        (listeners.hour, listeners.region),
        (listeners.hour, 'global'),
        (-1, listeners.region),
        (-1, 'global')
    ) as windows (hour, region)
),

heard as (
    select
        hour,
        region,
        song_id,
        sum(least(eligible, %(cap)s)) as plays,
        sum(greatest(eligible - %(cap)s, 0)) as over_cap,
        count(distinct listener) as listeners
    from levels
    group by hour, region, song_id
),

received as (
    select
        windows.hour,
        windows.region,
        totals.song_id,
        sum(totals.raw_plays) as raw_plays,
        sum(totals.too_short) as too_short,
        sum(totals.duplicates) as duplicates,
        sum(totals.late) as late,
        max(totals.last_played_at) as last_played_at
    from live.reseeded_totals as totals
    cross join lateral (
        values
        (totals.hour, totals.region),
        (totals.hour, 'global'),
        (-1, totals.region),
        (-1, 'global')
    ) as windows (hour, region)
    where totals.day = %(day)s
    group by windows.hour, windows.region, totals.song_id
)

insert into SONG_COUNTS (
    day, hour, region, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners, last_played_at
)
select
    %(day)s,
    received.hour,
    received.region,
    received.song_id,
    coalesce(heard.plays, 0),
    received.raw_plays,
    received.too_short,
    coalesce(heard.over_cap, 0),
    received.duplicates,
    received.late,
    coalesce(heard.listeners, 0),
    received.last_played_at
from received
left join heard using (hour, region, song_id)
