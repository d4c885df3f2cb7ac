{%- set columns = entry_columns() | join(', ') -%}

with ranked as (
    select
        *,
        row_number() over (partition by chart, region, song_id order by window_start) = 1 as is_first
    from {{ ref('live_ranked_songs') }}
),

-- The song's last entry on a settled chart of the region, if there is one: what was known of it before the open windows.
named as (
    select
        ranked.*,
        coalesce(settled.title, songs.title) as title,
        coalesce(settled.artist, songs.artist) as artist,
        settled.window_start as settled_start,
        settled.rank as settled_rank,
        settled.peak_rank as settled_peak_rank,
        settled.peak_at as settled_peak_at,
        settled.windows_on_chart as settled_windows,
        settled.streak as settled_streak
    from ranked
    left join lateral {{ published_before('ranked', 'open_from', ref('settled_entries')) }} as settled on true
    left join {{ source('live', 'songs') }} as songs on ranked.song_key = songs.song_id
),

appearances as (
    select
        named.chart,
        named.grain,
        named.region,
        told.window_start,
        told.rank,
        named.song_id,
        named.title,
        named.artist,
        named.plays,
        named.raw_plays,
        named.listeners,
        told.peak_rank,
        told.peak_at,
        told.windows_on_chart,
        told.streak,
        told.is_carried
    from named
    cross join
        lateral (
            values
            (named.window_start, named.rank, named.rank, named.window_start, 1, 1, false),
            (
                case when named.is_first then named.settled_start end,
                named.settled_rank,
                named.settled_peak_rank,
                named.settled_peak_at,
                named.settled_windows,
                named.settled_streak,
                true
            )
        ) as told (window_start, rank, peak_rank, peak_at, windows_on_chart, streak, is_carried)
    where told.window_start is not null
)

select
    chart,
    {{ columns }},
    coalesce((
        select known.revision
        from {{ ref('chart_revisions') }} as known
        where
            known.chart = told.chart
            and known.region = told.region
            and known.window_start = told.window_start
            and known.replaced_at is null
    ), 1) as revision
from {{ song_history('appearances') }} as told
where not is_carried
