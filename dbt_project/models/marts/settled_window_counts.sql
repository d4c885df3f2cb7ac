select
    revisions.chart as grain,
    revisions.region,
    revisions.window_start,
    revisions.total_plays as plays,
    revisions.{{ uncounted() | join(',\n    revisions.') }},
    revisions.withheld
from {{ ref('chart_revisions') }} as revisions
where
    {{ is_named_like_its_grain('revisions') }}
    and revisions.replaced_at is null
    and {{ is_remembered('revisions') }}
