-- Adds new plays to the counts of their four windows each. Run in the transaction that made the temporary tables
-- changed_slices, new_plays (one row a region, hour, song and listener) and new_copies (one a region, hour and song).

create temporary table additions on commit drop as
with arrivals as (
    select
        region, window_start, song_id, plays, received as raw_plays, received - eligible as too_short,
        eligible - plays as over_cap, 0::bigint as duplicates, late, last_played_at, title, artist, named_at, named_by,
        hour_listeners, global_hour_listeners, day_listeners, global_day_listeners
    from new_plays
    union all
    select
        region, window_start, song_id, 0, 0, 0, 0, duplicates, 0, null, title, artist, named_at, named_by, 0, 0, 0, 0
    from new_copies
)

select
    windows.grain,
    windows.region,
    windows.window_start,
    arrivals.song_id,
    sum(arrivals.plays)::bigint as plays,
    sum(arrivals.raw_plays)::bigint as raw_plays,
    sum(arrivals.too_short)::bigint as too_short,
    sum(arrivals.over_cap)::bigint as over_cap,
    sum(arrivals.duplicates)::bigint as duplicates,
    sum(arrivals.late)::bigint as late,
    sum(windows.listeners)::bigint as listeners,
    max(arrivals.last_played_at) as last_played_at,
    (
        array_agg(
            row(arrivals.named_at, arrivals.named_by, arrivals.title, arrivals.artist)::counts.naming
            order by left(arrivals.named_by, 1), arrivals.named_at, arrivals.named_by collate "C"
        )
    )[1] as naming
from arrivals
cross join lateral (
    values
    ('hour', arrivals.region, arrivals.window_start, arrivals.hour_listeners),
    ('hour', 'global', arrivals.window_start, arrivals.global_hour_listeners),
    ('day', arrivals.region, date_trunc('day', arrivals.window_start, 'UTC'), arrivals.day_listeners),
    ('day', 'global', date_trunc('day', arrivals.window_start, 'UTC'), arrivals.global_day_listeners)
) as windows (grain, region, window_start, listeners)
group by windows.grain, windows.region, windows.window_start, arrivals.song_id;

analyze additions;

insert into counts.song_counts as counted (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, title, artist, named_at, named_by, rules_version
)
select
    grain,
    region,
    window_start,
    song_id,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    listeners,
    last_played_at,
    (naming).title,
    (naming).artist,
    (naming).named_at,
    (naming).named_by,
    %(rules_version)s
from additions
on conflict (grain, region, window_start, song_id) do update set
plays = counted.plays + excluded.plays,
raw_plays = counted.raw_plays + excluded.raw_plays,
too_short = counted.too_short + excluded.too_short,
over_cap = counted.over_cap + excluded.over_cap,
duplicates = counted.duplicates + excluded.duplicates,
late = counted.late + excluded.late,
listeners = counted.listeners + excluded.listeners,
last_played_at = greatest(counted.last_played_at, excluded.last_played_at),
(named_at, named_by, title, artist) = (
    select
        earliest.named_at,
        earliest.named_by,
        earliest.title,
        earliest.artist
    from (
        values
        (counted.named_at, counted.named_by, counted.title, counted.artist),
        (excluded.named_at, excluded.named_by, excluded.title, excluded.artist)
    ) as earliest (named_at, named_by, title, artist)
    order by left(earliest.named_by, 1), earliest.named_at, earliest.named_by collate "C"
    limit 1
);

insert into counts.windows_to_rank (grain, region, window_start)
select distinct
    grain,
    region,
    window_start
from additions
on conflict do nothing;

delete from counts.slices_to_count using changed_slices
where
    slices_to_count.region = changed_slices.region
    and slices_to_count.hour_start = changed_slices.hour_start;
