-- The charts that the counted songs must give: places, and what each entry knows of the windows before.
-- Given: song_counts, and rules (minimum_listeners).
create or replace temp table recounted as
with placed as (
    select
        *,
        row_number() over (
            partition by grain, region, window_start
            order by plays desc, listeners desc, last_played_at, song_id)::integer as rank
    from song_counts
    where plays > 0 and listeners >= (select minimum_listeners from rules)
    qualify rank <= 100
),

-- Entries of a song in windows that follow each other have the same `run`.
chained as (
    select
        *,
        row_number() over by_song as windows_on_chart,
        min(row(rank, window_start)) over by_song as peak,
        lag(row(rank, window_start)) over by_song as last,
        epoch(window_start) // if(grain = 'hour', 3600, 86400) - row_number() over by_song as run
    from placed
    window by_song as (partition by grain, region, song_id order by window_start)
),

recent as (
    select *
    from song_spellings
    qualify day > max(day) over (partition by song_id) - 28
),

-- What a song is called. A spelling that never had two listeners in a day comes after those that had.
names as (
    select
        song_id,
        title,
        artist
    from recent
    group by song_id, title, artist
    qualify row_number() over (
        partition by song_id
        order by max(listeners) > 1 desc, sum(listeners) desc, min(first_played_at), title, artist) = 1
),

compared as (
    select
        *,
        if(last[2] = window_start - if(grain = 'hour', interval 1 hour, interval 24 hours), last[1], null)
            as previous_rank
    from chained
)

select
    grain,
    region,
    window_start,
    rank,
    song_id,
    names.title,
    names.artist,
    plays,
    raw_plays,
    listeners,
    previous_rank,
    case
        when last is null then 'new'
        when previous_rank is null then 're_entry'
        when previous_rank = rank then 'same'
        else if(rank < previous_rank, 'up', 'down')
    end as movement,
    peak[1] as peak_rank,
    peak[2] as peak_at,
    windows_on_chart::integer as windows_on_chart,
    count(*) over (partition by grain, region, song_id, run order by window_start)::integer as streak
from compared
left join names using (song_id);
