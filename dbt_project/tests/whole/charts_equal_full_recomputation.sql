{#-
    Every chart, in every column but the revision and the song's name, equals what the counts of all history give when each column is computed
    from its definition. Shares nothing with the models but the order of a chart.
-#}
{% set columns = entry_columns() | join(', ') -%}

with counted as (
    select
        charts.name as chart,
        charts.size,
        counts.*
    from {{ ref('charts') }} as charts
    inner join {{ source('counts', 'song_counts') }} as counts on charts.grain = counts.grain
    where charts.entity = 'song' and counts.plays > 0
),

ordered as (
    select
        *,
        cast(row_number() over (partition by chart, region, window_start order by {{ chart_order() }}) as integer) as rank
    from counted
),

charted as (
    select
        *,
        case grain when 'hour' then interval '1 hour' else interval '24 hours' end as step,
        row_number() over (partition by chart, region, song_id order by window_start) as appearance
    from ordered
    where rank <= size
),

-- Windows in a row share the same distance between their start and their number.
numbered as (
    select
        *,
        window_start - appearance * step as run,
        min(rank) over (
            partition by chart, region, song_id order by window_start
        ) as peak_rank
    from charted
),

recomputed as (
    select
        now_on.chart,
        now_on.region,
        now_on.window_start,
        now_on.rank,
        now_on.song_id,
        now_on.plays,
        now_on.raw_plays,
        now_on.listeners,
        just_before.rank as previous_rank,
        case
            when now_on.appearance = 1 then 'new'
            when just_before.rank is null then 're_entry'
            when just_before.rank > now_on.rank then 'up'
            when just_before.rank < now_on.rank then 'down'
            else 'same'
        end as movement,
        now_on.peak_rank,
        min(now_on.window_start) over (
            partition by now_on.chart, now_on.region, now_on.song_id, now_on.peak_rank
        ) as peak_at,
        cast(now_on.appearance as integer) as windows_on_chart,
        cast(row_number() over (
            partition by now_on.chart, now_on.region, now_on.song_id, now_on.run order by now_on.window_start
        ) as integer) as streak
    from numbered as now_on
    left join charted as just_before
        on
            now_on.chart = just_before.chart
            and now_on.region = just_before.region
            and now_on.song_id = just_before.song_id
            and just_before.window_start = now_on.window_start - now_on.step
),

published as (
    select
        chart,
        {{ columns }}
    from {{ ref('settled_entries') }}
),

expected as (
    select
        chart,
        {{ columns }}
    from recomputed
),

missing as (
    select * from expected
    except
    select * from published
),

unexpected as (
    select * from published
    except
    select * from expected
)

select
    'missing' as problem,
    chart,
    {{ columns }}
from missing
union all
select
    'unexpected' as problem,
    chart,
    {{ columns }}
from unexpected
