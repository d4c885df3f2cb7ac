-- Of every restated chart it is written down why each revision differs from the one before, and of no other.
with revisions as (
    select
        grain,
        region,
        window_start,
        generate_series(2, revision) as revision
    from {{ ref('settled_windows') }}
),

causes as (
    select distinct
        grain,
        region,
        window_start,
        revision
    from {{ ref('revision_causes') }}
)

select
    grain,
    region,
    window_start,
    revision,
    causes.region is null as lacks_a_cause
from revisions
full outer join causes using (grain, region, window_start, revision)
where revisions.region is null or causes.region is null
