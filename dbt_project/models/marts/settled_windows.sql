select
    revisions.chart as grain,
    revisions.region,
    revisions.window_start,
    revisions.window_end,
    revisions.revision,
    revisions.shown_plays as total_plays,
    revisions.shown_songs as total_songs,
    revisions.changed_at,
    revisions.computed_at,
    revisions.withheld
from {{ ref('chart_revisions') }} as revisions
where
    {{ is_named_like_its_grain('revisions') }}
    and revisions.replaced_at is null
    and {{ is_remembered('revisions') }}
