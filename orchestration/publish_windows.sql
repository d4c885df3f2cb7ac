-- Marks the windows whose counts changed for ranking, from all their songs, and sums them anew; strikes off the slices. Run
-- after publish_sums.sql, in its transaction.

create temporary table changed_windows on commit drop as
select
    windows.grain,
    windows.region,
    windows.window_start
from (
    select distinct
        region,
        window_start
    from changed_hours
) as hours
cross join lateral (
    values
    ('hour', hours.region, hours.window_start),
    ('hour', 'global', hours.window_start),
    ('day', hours.region, date_trunc('day', hours.window_start, 'UTC')),
    ('day', 'global', date_trunc('day', hours.window_start, 'UTC'))
) as windows (grain, region, window_start)
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
    marks.cause
from changed_windows
inner join counts.slices_to_count as marks
    on
        changed_windows.region in (marks.region, 'global')
        and changed_windows.window_start = date_trunc(changed_windows.grain, marks.hour_start, 'UTC')
inner join changed_slices
    on
        marks.region = changed_slices.region
        and marks.hour_start = changed_slices.hour_start
on conflict (grain, region, window_start, cause) do update set whole = true
where not windows_to_rank.whole;

delete from counts.window_totals using changed_windows
where
    window_totals.grain = changed_windows.grain
    and window_totals.region = changed_windows.region
    and window_totals.window_start = changed_windows.window_start;

insert into counts.window_totals
select summed.*
from changed_windows
cross join lateral (
    select summed_windows.*
    from counts.summed_windows
    where
        summed_windows.grain = changed_windows.grain
        and summed_windows.region = changed_windows.region
        and summed_windows.window_start = changed_windows.window_start
) as summed;

delete from counts.slices_to_count using changed_slices
where
    slices_to_count.region = changed_slices.region
    and slices_to_count.hour_start = changed_slices.hour_start;
