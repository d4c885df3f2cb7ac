select
    revisions.chart as grain,
    revisions.region,
    revisions.window_start,
    revisions.revision,
    revisions.window_end,
    revisions.total_plays,
    revisions.total_songs,
    revisions.{{ uncounted() | join(',\n    revisions.') }},
    revisions.changed_at,
    revisions.computed_at,
    revisions.replaced_at
from {{ ref('chart_revisions') }} as revisions
where {{ is_named_like_its_grain('revisions') }} and revisions.replaced_at is not null
