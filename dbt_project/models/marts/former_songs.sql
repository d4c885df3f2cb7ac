select
    entries.chart as grain,
    {{- named_entries('entries') }},
    revisions.revision
from {{ ref('chart_revisions') }} as revisions
inner join {{ ref('chart_entries') }} as entries
    on
        revisions.chart = entries.chart
        and revisions.region = entries.region
        and revisions.window_start = entries.window_start
        and revisions.build_id = entries.build_id
{{ join_names('entries') }}
where {{ is_named_like_its_grain('revisions') }} and revisions.replaced_at is not null and {{ has_audience('entries') }}
