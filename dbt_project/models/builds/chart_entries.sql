{%- set key = 'chart, region, window_start' -%}
{%- set columns = ['rank'] + entry_columns()[3:] -%}

-- Whole windows: the entries that differ, and what the window shows already at all other ranks.
with builds as (
    select
        {{ key }},
        build_id,
        entries
    from {{ ref('int_chart_builds') }}
    where build_id = '{{ invocation_id }}'
),

differing as (
    select
        {{ key }},
        {{ columns | join(', ') }}
    from {{ ref('int_chart_entries') }}
),

shown as (
    select published.*
    from builds
    cross join lateral {{ published_chart('builds') }} as published
    where published.rank <= builds.entries
),

entries as (
    select
        {{ key }},
        {{ columns | join(', ') }}
    from differing
    union all
    select
        {{ key }},
        shown.{{ columns | join(', shown.') }}
    from shown
    left join differing using ({{ key }}, rank)
    where differing.song_id is null
)

select
    {{ key }},
    builds.build_id,
    entries.{{ columns | join(',\n    entries.') }}
from entries
inner join builds using ({{ key }})
