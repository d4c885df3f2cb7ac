-- Songs whose spellings changed, each by its own days in the index; the window of days ends with the song's last one.
with spelled as (
    select
        changed.song_id,
        known_days.title,
        known_days.artist,
        known_days.listeners,
        known_days.first_played_at
    from {{ source('counts', 'songs_to_name') }} as changed
    cross join
        lateral (
            select
                spellings.*,
                max(spellings.day) over () as last_day
            from {{ source('counts', 'song_spellings') }} as spellings
            where spellings.song_id = changed.song_id
        ) as known_days
    where known_days.day > known_days.last_day - {{ var('naming_days') }}
),

spellings as (
    select
        song_id,
        title,
        artist,
        sum(listeners) as listeners,
        -- A spelling that never had two listeners in a day may be one listener's, however often they came back.
        max(listeners) > 1 as is_shared,
        min(first_played_at) as first_played_at
    from spelled
    group by song_id, title, artist
),

names as (
    select distinct on (song_id)
        song_id,
        title,
        artist
    from spellings
    order by
        song_id asc, is_shared desc, listeners desc, first_played_at asc, title collate "C" asc, artist collate "C" asc
)

select
    names.song_id,
    names.title,
    names.artist
from names
left join {{ this }} as known using (song_id)
where (names.title, names.artist) is distinct from (known.title, known.artist)
