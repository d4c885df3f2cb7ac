-- Of every restated chart it is written down why each revision differs from the one before.
select
    chart,
    region,
    window_start,
    revision
from {{ ref('chart_revisions') }}
where (revision > 1) <> (coalesce(causes, '') <> '') and not erased
