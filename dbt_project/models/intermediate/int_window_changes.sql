with windows as (
    select
        windows_to_rank.grain,
        windows_to_rank.region,
        windows_to_rank.window_start,
        windows_to_rank.window_end,
        windows_to_rank.causes,
        totals.plays as total_plays,
        totals.total_songs,
        totals.raw_plays,
        totals.too_short,
        totals.over_cap,
        totals.duplicates,
        totals.late
    from {{ ref('stg_windows_to_rank') }} as windows_to_rank
    left join lateral (
        select
            count(*) filter (where counts.plays > 0) as total_songs,
            {{- counter_sums('counts') }}
        from {{ ref('stg_song_counts') }} as counts
        where
            counts.grain = windows_to_rank.grain
            and counts.region = windows_to_rank.region
            and counts.window_start = windows_to_rank.window_start
    ) as totals on true
),

ranked as (
    select
        grain,
        region,
        window_start,
        rank,
        song_id,
        plays,
        listeners
    from {{ ref('int_ranked_songs') }}
),

entries as (
    select
        grain,
        region,
        window_start,
        cast(count(*) as integer) as entries
    from ranked
    group by grain, region, window_start
),

published as (
    select
        windows.grain,
        windows.region,
        windows.window_start,
        published.rank,
        published.song_id,
        published.plays,
        published.listeners
    from windows
    cross join lateral {{ published_chart('windows') }} as published
),

windows_that_differ as (
    select
        grain,
        region,
        window_start
    from ranked
    full outer join published using (grain, region, window_start, rank)
    where
        (ranked.song_id, ranked.plays, ranked.listeners)
        is distinct from (published.song_id, published.plays, published.listeners)
    group by grain, region, window_start
),

compared as (
    select
        windows.*,
        coalesce(entries.entries, 0) as entries,
        published_windows.region is null as is_first,
        coalesce(published_windows.revision, 1) as revision,
        published_windows.changed_at,
        (
            windows_that_differ.region is not null
            or windows.total_plays <> coalesce(published_windows.total_plays, 0)
            or windows.total_songs <> coalesce(published_windows.total_songs, 0)
        ) as differs
    from windows
    left join entries using (grain, region, window_start)
    left join windows_that_differ using (grain, region, window_start)
    left join lateral {{ published_window('windows') }} as published_windows on true
),

judged as (
    select
        compared.*,
        (
            compared.differs
            -- A window that settles now was open until now, however late that is: nothing final is restated.
            and not (compared.is_first and compared.window_start >= {{ open_from() }})
            and coalesce(
                progress.complete_through
                >= greatest(compared.window_end, compared.changed_at) + interval '{{ var("quiet_minutes") }} minutes',
                false
            )
        ) as opens_revision
    from compared
    cross join {{ ref('stg_progress') }} as progress
)

select
    grain,
    region,
    window_start,
    window_end,
    total_plays,
    total_songs,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    entries,
    differs,
    is_first,
    opens_revision,
    case when differs then now() else changed_at end as changed_at,
    case when opens_revision then revision + 1 else revision end as revision,
    causes
from judged
