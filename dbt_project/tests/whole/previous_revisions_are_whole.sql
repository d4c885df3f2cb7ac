-- Revisions of a window follow each other up to the current one, each replaced when the next one opened, and each has the
-- entries that its header counts.
with numbered as (
    select
        *,
        row_number() over (partition by chart, region, window_start order by revision) as number,
        lead(revision) over (partition by chart, region, window_start order by revision) as next_revision
    from {{ ref('chart_revisions') }}
),

entries as (
    select
        chart,
        region,
        window_start,
        build_id,
        count(*) as entries,
        max(rank) as last_rank
    from {{ ref('chart_entries') }}
    group by chart, region, window_start, build_id
)

select
    chart,
    region,
    window_start,
    numbered.revision
from numbered
left join entries using (chart, region, window_start, build_id)
where
    numbered.revision <> numbered.number
    or (numbered.next_revision is null) <> (numbered.replaced_at is null)
    or coalesce(entries.entries, 0) <> numbered.entries
    or coalesce(entries.last_rank, 0) <> numbered.entries
