{{
    config(
        tags=['round'],
        publishes=true,
        unique_key=['grain', 'region', 'window_start'],
        pre_hook=[
            "{{ keep_former_revisions(ref('former_songs'), ref('former_windows')) }}",
            "{{ add_revision_causes(ref('revision_causes')) }}",
            "{{ replace_window_counts(ref('settled_window_counts')) }}",
            "{{ replace_entries(ref('settled_hourly'), 'hour') }}",
            "{{ replace_entries(ref('settled_daily'), 'day') }}",
        ],
    )
}}

with written as (
    select distinct
        grain,
        region,
        window_start
    from {{ ref('int_chart_entries') }}
),

changed as (
    select
        changes.grain,
        changes.region,
        changes.window_start,
        changes.window_end,
        changes.revision,
        changes.total_plays,
        changes.total_songs,
        changes.changed_at,
        changes.is_first or changes.differs or written.region is not null as is_written
    from {{ ref('int_window_changes') }} as changes
    left join written using (grain, region, window_start)
),

-- Windows whose own counts stand, but in which a song's history was corrected.
corrected as (
    select
        published.grain,
        published.region,
        published.window_start,
        published.window_end,
        published.revision,
        published.total_plays,
        published.total_songs,
        published.changed_at,
        true as is_written
    from written
    cross join lateral {{ published_window('written') }} as published
    left join changed
        on
            written.grain = changed.grain
            and written.region = changed.region
            and written.window_start = changed.window_start
    where changed.region is null
),

windows as (
    select * from changed
    union all
    select * from corrected
)

select
    grain,
    region,
    window_start,
    window_end,
    revision,
    total_plays,
    total_songs,
    changed_at,
    now() as computed_at
from windows
where is_written
