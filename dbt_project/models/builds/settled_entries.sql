{{ config(materialized='view', tags=['foundation']) }}

select
    entries.chart,
    {{- named_entries('entries') }},
    revisions.revision
from {{ ref('chart_entries') }} as entries
inner join {{ ref('chart_revisions') }} as revisions
    on
        entries.chart = revisions.chart
        and entries.region = revisions.region
        and entries.window_start = revisions.window_start
        and entries.build_id = revisions.build_id
{{ join_names('entries') }}
where revisions.replaced_at is null
