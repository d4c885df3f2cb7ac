with ranked as (
    select
        *,
        row_number() over (partition by chart, region, song_id order by window_start) = 1 as is_first
    from {{ ref('live_ranked_songs') }}
),

-- The song's last entry on a settled chart of the region, if there is one: what was known of it before the open windows.
continued as (
    select
        ranked.*,
        settled.window_start as settled_start,
        settled.rank as settled_rank,
        settled.peak_rank as settled_peak_rank,
        settled.peak_at as settled_peak_at,
        settled.windows_on_chart as settled_windows,
        settled.streak as settled_streak
    from ranked
    left join lateral {{ published_before('ranked', 'open_from', ref('settled_entries')) }} as settled on true
),

appearances as (
    select
        continued.chart,
        continued.grain,
        continued.region,
        told.window_start,
        told.rank,
        continued.song_id,
        continued.plays,
        continued.raw_plays,
        continued.listeners,
        told.peak_rank,
        told.peak_at,
        told.windows_on_chart,
        told.streak,
        told.is_carried
    from continued
    cross join
        lateral (
            values
            (continued.window_start, continued.rank, continued.rank, continued.window_start, 1, 1, false),
            (
                case when continued.is_first then continued.settled_start end,
                continued.settled_rank,
                continued.settled_peak_rank,
                continued.settled_peak_at,
                continued.settled_windows,
                continued.settled_streak,
                true
            )
        ) as told (window_start, rank, peak_rank, peak_at, windows_on_chart, streak, is_carried)
    where told.window_start is not null
)

select
    told.chart,
    {{- named_entries('told') }},
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
{{ join_names('told') }}
where not told.is_carried
