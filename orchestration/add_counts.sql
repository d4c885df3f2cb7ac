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
    min(
        row(
            left(arrivals.named_by, 1), arrivals.named_at, arrivals.named_by, arrivals.title, arrivals.artist
        )::counts.song_name
    )::text::counts.song_name as naming
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

with added as (
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
    )
    returning
        grain,
        region,
        window_start,
        song_id,
        new.plays,
        new.plays - coalesce(old.plays, 0) as more_plays,
        new.raw_plays - coalesce(old.raw_plays, 0) as raw_plays,
        new.too_short - coalesce(old.too_short, 0) as too_short,
        new.over_cap - coalesce(old.over_cap, 0) as over_cap,
        new.duplicates - coalesce(old.duplicates, 0) as duplicates,
        new.late - coalesce(old.late, 0) as late,
        new.plays > 0 and coalesce(old.plays, 0) = 0 as is_first,
        -- Plays beyond the cap move a song behind its equals, so that one may enter the chart which nothing was added to.
        (old.plays, old.listeners) = (new.plays, new.listeners) and old.last_played_at < new.last_played_at as sinks
),

summed as (
    insert into counts.window_totals as totals (
        grain, region, window_start, total_songs, plays, raw_plays, too_short, over_cap, duplicates, late
    )
    select
        grain,
        region,
        window_start,
        count(*) filter (where is_first),
        sum(more_plays),
        sum(raw_plays),
        sum(too_short),
        sum(over_cap),
        sum(duplicates),
        sum(late)
    from added
    group by grain, region, window_start
    on conflict (grain, region, window_start) do update set
    total_songs = totals.total_songs + excluded.total_songs,
    plays = totals.plays + excluded.plays,
    raw_plays = totals.raw_plays + excluded.raw_plays,
    too_short = totals.too_short + excluded.too_short,
    over_cap = totals.over_cap + excluded.over_cap,
    duplicates = totals.duplicates + excluded.duplicates,
    late = totals.late + excluded.late
),

marked as (
    insert into counts.windows_to_rank as marks (grain, region, window_start, whole)
    select
        grain,
        region,
        window_start,
        coalesce(bool_or(sinks), false)
    from added
    group by grain, region, window_start
    on conflict (grain, region, window_start, cause) do update set whole = true
    where excluded.whole and not marks.whole
)

insert into counts.added_songs (grain, region, window_start, song_id, plays)
select
    added.grain,
    added.region,
    added.window_start,
    added.song_id,
    added.plays
from added
-- As it was before this statement: whoever finds a window whole reads all its songs.
left join counts.windows_to_rank as waiting
    on
        added.grain = waiting.grain
        and added.region = waiting.region
        and added.window_start = waiting.window_start
        and waiting.whole
where added.plays > 0 and waiting.region is null;

analyze counts.added_songs;

delete from counts.slices_to_count using changed_slices
where
    slices_to_count.region = changed_slices.region
    and slices_to_count.hour_start = changed_slices.hour_start;
