select
    revisions.chart as grain,
    revisions.region,
    revisions.window_start,
    revisions.revision,
    causes.cause
from {{ ref('chart_revisions') }} as revisions
cross join lateral string_to_table(revisions.causes, ' ') as causes (cause)
where {{ is_named_like_its_grain('revisions') }}
