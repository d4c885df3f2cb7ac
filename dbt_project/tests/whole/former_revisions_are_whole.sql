-- Of every restated chart each former revision is kept, one after the other up to the current one, and its entries with it.
with numbered as (
    select
        grain,
        region,
        window_start,
        revision,
        total_songs,
        lead(revision) over (partition by grain, region, window_start order by revision) as next_revision
    from {{ ref('former_windows') }}
),

entries as (
    select
        grain,
        region,
        window_start,
        revision,
        count(*) as entries,
        max(rank) as last_rank
    from {{ ref('former_songs') }}
    group by grain, region, window_start, revision
),

windows as (
    select
        grain,
        region,
        window_start,
        revision as current_revision
    from {{ ref('settled_windows') }}
)

-- They are kept when the windows are published. depends_on: {{ ref('settled_windows') }}
select
    grain,
    region,
    window_start,
    revision
from numbered
full outer join entries using (grain, region, window_start, revision)
left join windows using (grain, region, window_start)
where
    numbered.total_songs is null
    or coalesce(numbered.next_revision, windows.current_revision) is distinct from revision + 1
    or coalesce(entries.entries, 0) <> least(numbered.total_songs, {{ var('chart_size') }})
    or entries.last_rank <> entries.entries
