{%- set columns = chart_facts() | join(', ') -%}

with changed as (
    select
        grain,
        region,
        window_start,
        revision
    from {{ ref('int_window_changes') }}
),

ranked as (
    select
        {{ columns }},
        changed.revision
    from {{ ref('int_ranked_songs') }}
    inner join changed using (grain, region, window_start)
),

-- What the changed windows show so far.
replaced as (
    select published.*
    from changed
    cross join lateral {{ published_chart('changed') }} as published
),

-- Songs that came, left or changed places, and the first window in which they did: their history is told anew from there.
moved as (
    select
        grain,
        region,
        song_id,
        min(window_start) as since
    from ranked
    full outer join replaced using (grain, region, window_start, song_id)
    where ranked.rank is distinct from replaced.rank
    group by grain, region, song_id
),

carried as (
    select published.*
    from moved
    cross join lateral {{ published_before('moved', 'since') }} as published
),

afterwards as (
    select published.*
    from moved
    cross join lateral {{ published_after('moved', 'since') }} as published
),

later as (
    select afterwards.*
    from afterwards
    left join changed using (grain, region, window_start)
    where changed.region is null
),

appearances as (
    select
        {{ columns }},
        revision,
        peak_rank,
        peak_at,
        windows_on_chart,
        streak,
        true as is_carried
    from carried
    union all
    select
        {{ columns }},
        revision,
        rank as peak_rank,
        window_start as peak_at,
        1 as windows_on_chart,
        1 as streak,
        false as is_carried
    from later
    union all
    select
        {{ columns }},
        ranked.revision,
        ranked.rank as peak_rank,
        ranked.window_start as peak_at,
        1 as windows_on_chart,
        1 as streak,
        false as is_carried
    from ranked
    inner join moved using (grain, region, song_id)
    where ranked.window_start >= moved.since
),

entries as (
    select
        grain,
        {{ chart_columns() | join(', ') }}
    from {{ song_history('appearances') }} as told_anew
    where not is_carried
    union all
    -- An entry of a changed window that keeps its place keeps its history, unless an earlier window moved the song.
    select
        ranked.grain,
        ranked.region,
        ranked.window_start,
        ranked.rank,
        ranked.song_id,
        ranked.title,
        ranked.artist,
        ranked.plays,
        ranked.raw_plays,
        ranked.listeners,
        replaced.previous_rank,
        replaced.movement,
        replaced.peak_rank,
        replaced.peak_at,
        replaced.windows_on_chart,
        replaced.streak,
        ranked.revision
    from ranked
    inner join replaced using (grain, region, window_start, song_id)
    left join moved using (grain, region, song_id)
    where moved.since is null or ranked.window_start < moved.since
),

published as (
    select * from replaced
    union all
    select * from later
)

-- What is published already is not written again.
select * from entries
except
select * from published
