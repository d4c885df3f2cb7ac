{%- set counters = ['total_plays', 'total_songs', 'shown_plays', 'shown_songs'] + uncounted() -%}

-- The last model of a run: it moves once every test of the new entries passed. depends_on: {{ ref('chart_entries') }}
with builds as (
    select *
    from {{ ref('int_chart_builds') }}
    -- What an earlier, failed run left there is not shown.
    where build_id = '{{ invocation_id }}'
)

select
    chart,
    region,
    window_start,
    revision,
    build_id,
    window_end,
    entries,
    {{ counters | join(',\n    ') }},
    withheld,
    causes,
    changed_at,
    computed_at,
    cast(null as timestamp with time zone) as replaced_at,
    erased
from builds
union all
-- Where a revision opens, the one before ends. A window that was never counted was final and empty.
select
    builds.chart,
    builds.region,
    builds.window_start,
    builds.revision - 1 as revision,
    published.build_id,
    builds.window_end,
    {{- numbers_or_zero('published', ['entries'] + counters) }},
    coalesce(published.withheld, false) as withheld,
    published.causes,
    published.changed_at,
    published.computed_at,
    builds.computed_at as replaced_at,
    coalesce(published.erased, false) as erased
from builds
left join lateral {{ published_window('builds') }} as published on true
where builds.opens_revision
union all
-- A listener was erased from the window: what earlier revisions showed is withdrawn, for they differ by that listener's plays.
select
    builds.chart,
    builds.region,
    builds.window_start,
    former.revision,
    cast(null as uuid) as build_id,
    former.window_end,
    0 as entries,
    0 as {{ counters | join(',\n    0 as ') }},
    false as withheld,
    former.causes,
    former.changed_at,
    former.computed_at,
    former.replaced_at,
    true as erased
from builds
cross join lateral {{ published_former('builds') }} as former
where builds.erases
