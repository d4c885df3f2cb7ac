with windows as (
    select
        windows_to_rank.chart,
        windows_to_rank.grain,
        windows_to_rank.region,
        windows_to_rank.window_start,
        windows_to_rank.window_end,
        windows_to_rank.causes,
        coalesce(windows_to_rank.erases, false) as erases,
        totals.plays as total_plays,
        totals.total_songs,
        totals.shown_plays,
        totals.shown_songs,
        totals.withheld,
        totals.{{ uncounted() | join(',\n        totals.') }}
    from {{ ref('stg_windows_to_rank') }} as windows_to_rank
    left join lateral (
        select
            count(*) filter (where counts.plays > 0) as total_songs,
            {{ shown_totals('counts') }},
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
        chart,
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
        chart,
        region,
        window_start,
        cast(count(*) as integer) as entries
    from ranked
    group by chart, region, window_start
),

published as (
    select
        windows.chart,
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
        chart,
        region,
        window_start
    from ranked
    full outer join published using (chart, region, window_start, rank)
    where
        (ranked.song_id, ranked.plays, ranked.listeners)
        is distinct from (published.song_id, published.plays, published.listeners)
    group by chart, region, window_start
),

compared as (
    select
        windows.*,
        coalesce(entries.entries, 0) as entries,
        published_windows.region is null as is_first,
        -- A chart that was declared after the window had been counted restates nothing.
        published_windows.region is null and counted.region is not null as is_of_a_new_chart,
        coalesce(published_windows.revision, 1) as revision,
        published_windows.changed_at,
        published_windows.causes as revision_causes,
        published_windows.computed_at as known_computed_at,
        coalesce(published_windows.erased, false) as was_erased,
        {{ counters_differ('windows', 'published_windows', ['total_plays', 'total_songs'] + uncounted()) }} as is_recounted,
        -- Of songs that are not shown no revision may tell.
        (
            windows_that_differ.region is not null
            or windows.shown_plays <> coalesce(published_windows.shown_plays, 0)
            or windows.shown_songs <> coalesce(published_windows.shown_songs, 0)
        ) as differs
    from windows
    left join entries using (chart, region, window_start)
    left join windows_that_differ using (chart, region, window_start)
    left join lateral {{ published_window('windows') }} as published_windows on true
    left join lateral {{ published_counts('windows') }} as counted on true
),

judged as (
    select
        compared.*,
        (
            compared.differs
            and not compared.erases
            -- A window that settles now was open until now, however late that is: nothing final is restated.
            and not (compared.is_first and compared.window_start >= {{ open_from() }})
            and not compared.is_of_a_new_chart
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
    chart,
    grain,
    region,
    window_start,
    window_end,
    total_plays,
    total_songs,
    shown_plays,
    shown_songs,
    withheld,
    {{ uncounted() | join(',\n    ') }},
    entries,
    differs,
    is_recounted,
    is_first,
    opens_revision,
    erases,
    erases or was_erased as erased,
    case when erases then known_computed_at end as known_computed_at,
    case when differs and (is_first or not erases) then now() else changed_at end as changed_at,
    case when opens_revision then revision + 1 else revision end as revision,
    case
        when opens_revision then causes
        when differs and revision > 1 then {{ joined_causes('revision_causes', 'causes') }}
        else revision_causes
    end as causes
from judged
