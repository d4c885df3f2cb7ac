select
    revisions.chart as grain,
    revisions.region,
    revisions.window_start,
    revisions.revision,
    revisions.window_end,
    revisions.shown_plays as total_plays,
    revisions.shown_songs as total_songs,
    {{- uncounted_if_shown('revisions') }},
    revisions.changed_at,
    revisions.computed_at,
    revisions.replaced_at,
    revisions.withheld,
    revisions.erased as withdrawn
from {{ ref('chart_revisions') }} as revisions
where {{ is_named_like_its_grain('revisions') }} and revisions.replaced_at is not null
