-- Count the plays of staged_plays: identities, the cap, distinct listeners, counters. One statement, so that every part
-- reads the state before the batch. Every write is in key order, so that several counters cannot deadlock.
-- Parameters: hours_from and days_from, the first windows that are counted; cap.
with candidates as materialized (
    select
        *,
        row_number() over (partition by day, identity order by "partition", "offset") = 1 as is_first
    from staged_plays
    where day >= (%(days_from)s::timestamptz at time zone 'UTC')::date
),

fresh as (
    insert into live.plays (day, identity)
    select
        day,
        identity
    from candidates
    where is_first
    order by day, identity
    on conflict do nothing
    returning day, identity
),

judged as materialized (
    select
        candidates.*,
        candidates.is_first and fresh.identity is not null as is_play
    from candidates
    left join fresh
        on
            candidates.day = fresh.day
            and candidates.identity = fresh.identity
    -- A withdrawn play keeps its identity, so that a copy of it is a duplicate, and adds nothing.
    where not (candidates.withdrawn and candidates.is_first and fresh.identity is not null)
),

listened as materialized (
    select
        day,
        listener,
        song_id,
        region,
        hour,
        cast(count(*) as integer) as eligible
    from judged
    where is_play and eligible
    group by day, listener, song_id, region, hour
),

pairs as materialized (
    select distinct
        day,
        listener,
        song_id
    from listened
),

-- `offset 0` makes it one index lookup per pair, however many rows the day has.
known as materialized (
    select
        pairs.day,
        pairs.listener,
        pairs.song_id,
        stored.region,
        stored.hour,
        stored.eligible
    from pairs
    cross join lateral (
        select
            rows.region,
            rows.hour,
            rows.eligible
        from live.listener_songs as rows
        where
            rows.day = pairs.day
            and rows.listener = pairs.listener
            and rows.song_id = pairs.song_id
        offset 0
    ) as stored
),

added as materialized (
    select
        listened.*,
        coalesce(known.eligible, 0) as eligible_before
    from listened
    left join known using (day, listener, song_id, region, hour)
),

stored as (
    insert into live.listener_songs (day, listener, song_id, region, hour, eligible)
    select
        day,
        listener,
        song_id,
        region,
        hour,
        eligible
    from added
    order by day, listener, song_id, region, hour
    on conflict (day, listener, song_id, region, hour) do update
    set eligible = listener_songs.eligible + excluded.eligible
),

received as (
    select
        day,
        hour,
        region,
        song_id,
        count(*) filter (where is_play) as raw_plays,
        count(*) filter (where is_play and not eligible) as too_short,
        count(*) filter (where not is_play) as duplicates,
        count(*) filter (where is_play and late) as late,
        max(played_at) filter (where is_play and eligible) as last_played_at
    from judged
    group by day, hour, region, song_id
),

capped as (
    select
        day,
        hour,
        region,
        song_id,
        sum(least(eligible_before + eligible, %(cap)s) - least(eligible_before, %(cap)s)) as plays,
        sum(eligible) as eligible,
        count(*) filter (where eligible_before = 0) as listeners
    from added
    group by day, hour, region, song_id
),

slices as materialized (
    select
        received.day,
        received.hour,
        received.region,
        received.song_id,
        coalesce(capped.plays, 0) as plays,
        received.raw_plays,
        received.too_short,
        coalesce(capped.eligible - capped.plays, 0) as over_cap,
        received.duplicates,
        received.late,
        coalesce(capped.listeners, 0) as listeners,
        received.last_played_at
    from received
    left join capped using (day, hour, region, song_id)
),

-- Distinct listeners do not add up: who is new to an hour of the world, to a day of a region, to a day of the world.
first_heard as (
    select distinct
        listened.day,
        levels.hour,
        levels.region,
        listened.song_id,
        listened.listener
    from listened
    cross join lateral (
        values
        (listened.hour, 'global'),
        (-1, listened.region),
        (-1, 'global')
    ) as levels (hour, region)
),

new_listeners as (
    select
        day,
        hour,
        region,
        song_id,
        count(*) as listeners
    from first_heard as heard
    where not exists (
        select from known
        where
            known.day = heard.day
            and known.song_id = heard.song_id
            and known.listener = heard.listener
            and (heard.hour = -1 or known.hour = heard.hour)
            and (heard.region = 'global' or known.region = heard.region)
    )
    group by day, hour, region, song_id
),

windows as (
    select
        slices.day,
        levels.hour,
        levels.region,
        slices.song_id,
        slices.plays,
        slices.raw_plays,
        slices.too_short,
        slices.over_cap,
        slices.duplicates,
        slices.late,
        case when levels.is_slice then slices.listeners else 0 end as listeners,
        slices.last_played_at
    from slices
    cross join lateral (
        values
        (slices.hour, slices.region, true),
        (slices.hour, 'global', false),
        (-1, slices.region, false),
        (-1, 'global', false)
    ) as levels (hour, region, is_slice)
    union all
    select day, hour, region, song_id, 0, 0, 0, 0, 0, 0, listeners, null
    from new_listeners
)

insert into live.song_counts (
    day, hour, region, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners, last_played_at
)
select
    day,
    hour,
    region,
    song_id,
    sum(plays),
    sum(raw_plays),
    sum(too_short),
    sum(over_cap),
    sum(duplicates),
    sum(late),
    sum(listeners),
    max(last_played_at)
from windows
where hour = -1 or day + make_interval(hours => hour) >= %(hours_from)s::timestamptz at time zone 'UTC'
group by day, hour, region, song_id
order by day, hour, region, song_id
on conflict (day, hour, region, song_id) do update
set
    plays = song_counts.plays + excluded.plays,
    raw_plays = song_counts.raw_plays + excluded.raw_plays,
    too_short = song_counts.too_short + excluded.too_short,
    over_cap = song_counts.over_cap + excluded.over_cap,
    duplicates = song_counts.duplicates + excluded.duplicates,
    late = song_counts.late + excluded.late,
    listeners = song_counts.listeners + excluded.listeners,
    last_played_at = greatest(song_counts.last_played_at, excluded.last_played_at);
