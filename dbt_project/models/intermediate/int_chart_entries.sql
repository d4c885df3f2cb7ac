{%- set columns = chart_facts() | join(', ') -%}
{%- set key = 'chart, region, window_start' -%}

with changed as (
    select
        chart,
        grain,
        region,
        window_start
    from {{ ref('int_window_changes') }}
),

songs as (
    select {{ columns }}
    from {{ ref('int_ranked_songs') }}
),

ranked as (
    select
        {{ columns }},
        changed.grain
    from songs
    inner join changed using ({{ key }})
),

-- What the changed windows show so far.
replaced as (
    select
        changed.grain,
        published.*
    from changed
    cross join lateral {{ published_chart('changed') }} as published
),

-- Songs that came, left or changed places, and the first window in which they did: their history is computed again from there.
moved as (
    select
        chart,
        region,
        song_id,
        min(coalesce(ranked.grain, replaced.grain)) as grain,
        min(window_start) as since
    from ranked
    full outer join replaced using (chart, region, window_start, song_id)
    where ranked.rank is distinct from replaced.rank
    group by chart, region, song_id
),

carried as (
    select
        moved.grain,
        published.*
    from moved
    cross join lateral {{ published_before('moved', 'since') }} as published
),

afterwards as (
    select
        moved.grain,
        published.*
    from moved
    cross join lateral {{ published_after('moved', 'since') }} as published
),

later as (
    select afterwards.*
    from afterwards
    left join changed
        on
            afterwards.chart = changed.chart
            and afterwards.region = changed.region
            and afterwards.window_start = changed.window_start
    where changed.region is null
),

appearances as (
    select
        {{ columns }},
        grain,
        peak_rank,
        peak_at,
        windows_on_chart,
        streak,
        true as is_carried
    from carried
    union all
    select
        {{ columns }},
        grain,
        rank as peak_rank,
        window_start as peak_at,
        1 as windows_on_chart,
        1 as streak,
        false as is_carried
    from later
    union all
    select
        {{ columns }},
        ranked.grain,
        ranked.rank as peak_rank,
        ranked.window_start as peak_at,
        1 as windows_on_chart,
        1 as streak,
        false as is_carried
    from ranked
    inner join moved using (chart, region, song_id)
    where ranked.window_start >= moved.since
),

entries as (
    select
        chart,
        {{ entry_columns() | join(', ') }}
    from {{ song_history('appearances') }} as computed_again
    where not is_carried
    union all
    -- An entry of a changed window that keeps its place keeps its history, unless an earlier window moved the song.
    select
        ranked.chart,
        ranked.region,
        ranked.window_start,
        ranked.rank,
        ranked.song_id,
        ranked.plays,
        ranked.raw_plays,
        ranked.listeners,
        replaced.previous_rank,
        replaced.movement,
        replaced.peak_rank,
        replaced.peak_at,
        replaced.windows_on_chart,
        replaced.streak
    from ranked
    inner join replaced using (chart, region, window_start, song_id)
    left join moved using (chart, region, song_id)
    where moved.since is null or ranked.window_start < moved.since
),

published as (
    select
        chart,
        {{ entry_columns() | join(', ') }}
    from replaced
    union all
    select
        chart,
        {{ entry_columns() | join(', ') }}
    from later
)

-- A window without a difference is not built again.
select * from entries
except
select * from published
