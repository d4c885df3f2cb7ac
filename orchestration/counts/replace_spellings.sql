-- Replace the spellings of counted days where they differ, and have the songs named again; mark_windows.sql follows.
-- Run in the transaction that made the temporary table shipped_spellings, with every row of the days in `spelled_days`.

create temporary table changed_spellings on commit drop as
select
    day,
    song_id,
    title,
    artist
from (
    select song_spellings.*
    from counts.song_spellings
    where day = any(%(spelled_days)s)
) as former
full outer join shipped_spellings using (day, song_id, title, artist)
where
    former.listeners is distinct from shipped_spellings.listeners
    or former.first_played_at is distinct from shipped_spellings.first_played_at;

analyze changed_spellings;

delete from counts.song_spellings using changed_spellings
where
    song_spellings.day = changed_spellings.day
    and song_spellings.song_id = changed_spellings.song_id
    and song_spellings.title = changed_spellings.title
    and song_spellings.artist = changed_spellings.artist;

insert into counts.song_spellings (day, song_id, title, artist, listeners, first_played_at)
select
    day,
    song_id,
    title,
    artist,
    listeners,
    first_played_at
from shipped_spellings
inner join changed_spellings using (day, song_id, title, artist);

insert into counts.songs_to_name (song_id)
select distinct song_id from changed_spellings
on conflict do nothing;
