"""The statement that finds songs by a part of their title or artist.

It searches every song that was on a daily chart of any region in the last 40 days, and on an open daily chart of the
world or of one region. Accents and case are folded by ``unaccent``, slips of the pen are found by ``pg_trgm``; both are
extensions that come with Postgres, in schema ``text_search``.
"""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL

from api.charts.grains import Grain
from api.charts.queries import PROGRESS, SONGS

_SEARCH: Final = SQL("""
    with {progress},
    charted as (
        select song_id, title, artist, plays, window_start, rank
        from {songs}
        where not live
            and window_start >= coalesce((select settled_before from progress), 'infinity') - interval '40 days'
        union all
        select song_id, title, artist, plays, window_start, rank
        from {songs}
        where live and region in ('global', %(region)s)
    ),
    -- Spellings first: there are far fewer of them than of entries, and to fold one costs most.
    spelled as (
        select song_id, title, artist, max(plays) as plays, max(window_start) as last_window, min(rank) as best_rank
        from charted
        group by song_id, title, artist
    ),
    folded as (
        select
            spelled.*,
            text_search.unaccent(lower(title)) as folded_title,
            text_search.unaccent(lower(artist)) as folded_artist,
            text_search.unaccent(lower(%(text)s)) as words
        from spelled
    ),
    scored as (
        select
            folded.*,
            case
                when starts_with(folded_title, words) then 6
                when starts_with(folded_artist, words) then 5
                when strpos(' ' || folded_title, ' ' || words) > 0 then 4
                when strpos(' ' || folded_artist, ' ' || words) > 0 then 3
                when strpos(folded_title || ' ' || folded_artist, words) > 0 then 2
                when strpos(folded_artist || ' ' || folded_title, words) > 0 then 2
                else text_search.word_similarity(words, folded_title || ' ' || folded_artist)
            end as score
        from folded
    ),
    found as (
        select distinct on (song_id) * from scored where score >= %(similarity)s
        order by song_id, score desc, last_window desc
    )
    select song_id, title, artist, best_rank, last_window from found
    order by score desc, plays desc, song_id
    limit %(limit)s""")

SEARCH: Final[bytes] = _SEARCH.format(progress=PROGRESS.format(grain=SQL("'day'")), songs=SONGS[Grain.DAY]).as_bytes()
"""Songs, best match first. Parameters: text, region, similarity (0–1), limit."""
