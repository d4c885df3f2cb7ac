{%- set totals = ['total_plays', 'total_songs', 'shown_plays', 'shown_songs', 'withheld'] -%}
{%- set header = ['window_end', 'revision', 'entries'] + totals + uncounted() + ['causes', 'changed_at'] -%}

with written as (
    select distinct
        chart,
        region,
        window_start
    from {{ ref('int_chart_entries') }}
),

changed as (
    select changes.*
    from {{ ref('int_window_changes') }} as changes
    left join written using (chart, region, window_start)
    where changes.is_first or changes.differs or changes.is_recounted or written.region is not null
),

-- Windows whose own counts stand, but in which a song's history was corrected.
corrected as (
    select published.*
    from written
    cross join lateral {{ published_window('written') }} as published
    left join {{ ref('int_window_changes') }} as changes
        on
            written.chart = changes.chart
            and written.region = changes.region
            and written.window_start = changes.window_start
    where changes.region is null
),

builds as (
    select
        chart,
        region,
        window_start,
        {{ header | join(',\n        ') }},
        erased,
        coalesce(known_computed_at, now()) as computed_at,
        is_first,
        opens_revision,
        erases
    from changed
    union all
    select
        chart,
        region,
        window_start,
        {{ header | join(',\n        ') }},
        coalesce(erased, false) as erased,
        -- Nothing tells that an erasure corrected later windows.
        case
            when (select bool_or(changes.erases) from {{ ref('int_window_changes') }} as changes) then computed_at
            else now()
        end as computed_at,
        false as is_first,
        false as opens_revision,
        false as erases
    from corrected
)

select
    chart,
    region,
    window_start,
    cast('{{ invocation_id }}' as uuid) as build_id,
    {{ header | join(',\n    ') }},
    erased,
    computed_at,
    is_first,
    opens_revision,
    erases
from builds
