-- Mark the windows whose counts changed for ranking, with the cause, and unmark the slices.
-- Run after sum_windows.sql, in its transaction.

create temporary table changed_windows on commit drop as
select
    grain,
    region,
    window_start
from changed_hours
union
select
    grain,
    region,
    window_start
from changed_sums;

insert into counts.windows_to_rank (grain, region, window_start, cause)
select distinct
    changed_windows.grain,
    changed_windows.region,
    changed_windows.window_start,
    -- A day settles without a change of its hours in the same run.
    coalesce(marks.cause, 'late_plays')
from changed_windows
left join (
    counts.slices_to_count as marks
    inner join changed_slices using (region, hour_start)
)
    on
        changed_windows.region in (marks.region, 'global')
        and changed_windows.window_start = date_trunc(changed_windows.grain, marks.hour_start, 'UTC')
on conflict (grain, region, window_start, cause) do nothing;

delete from counts.slices_to_count using changed_slices
where
    slices_to_count.region = changed_slices.region
    and slices_to_count.hour_start = changed_slices.hour_start;
