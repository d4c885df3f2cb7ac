-- Sum the windows that changed hours belong to, window by window, and replace what differs; replace_spellings.sql follows.
-- Run after replace_slices.sql, in its transaction. A day is summed once it is settled.

create temporary table windows_to_sum on commit drop as
select
    'hour' as grain,
    'global' as region,
    hour_start as window_start,
    hour_start + interval '1 hour' as window_end
from changed_slices
union
select
    'day' as grain,
    places.region,
    days.window_start,
    days.window_start + interval '24 hours' as window_end
from (
    select
        region,
        date_trunc('day', hour_start, 'UTC') as window_start
    from changed_slices
    union
    -- Days that settle now: every region with a counted hour.
    select
        region,
        date_trunc('day', window_start, 'UTC') as window_start
    from counts.song_counts
    where grain = 'hour' and window_start >= %(days_from)s and window_start < %(days_through)s
) as days
cross join lateral (values (days.region), ('global')) as places (region)
where days.window_start < %(days_through)s;

analyze windows_to_sum;

create temporary table counted_sums (like counts.song_counts) on commit drop;

-- Windows, regions and songs correlate, which no statistics say: the planner expects one row where ten thousand come,
-- and would sort them.
set local enable_sort = off;

insert into counted_sums (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, rules_version
)
with parts as (
    -- One region's hours are adjacent in the index; in one branch with global each of its windows would read every region.
    select
        windows.grain as sum_grain,
        windows.region as sum_region,
        windows.window_start as sum_start,
        hours.*
    from windows_to_sum as windows
    inner join counts.song_counts as hours
        on
            windows.region = hours.region
            and hours.window_start >= windows.window_start
            and hours.window_start < windows.window_end
    where windows.region <> 'global' and hours.grain = 'hour'
    union all
    select
        windows.grain as sum_grain,
        windows.region as sum_region,
        windows.window_start as sum_start,
        hours.*
    from windows_to_sum as windows
    inner join counts.song_counts as hours
        on hours.window_start >= windows.window_start and hours.window_start < windows.window_end
    where windows.region = 'global' and hours.grain = 'hour' and hours.region <> 'global'
),

sums as (
    select
        sum_grain as grain,
        sum_region as region,
        sum_start as window_start,
        song_id,
        sum(plays) as plays,
        sum(raw_plays) as raw_plays,
        sum(too_short) as too_short,
        sum(over_cap) as over_cap,
        sum(duplicates) as duplicates,
        sum(late) as late,
        max(last_played_at) as last_played_at
    from parts
    group by sum_grain, sum_region, sum_start, song_id
)

select
    sums.grain,
    sums.region,
    sums.window_start,
    sums.song_id,
    sums.plays,
    sums.raw_plays,
    sums.too_short,
    sums.over_cap,
    sums.duplicates,
    sums.late,
    coalesce(shipped_listeners.listeners, 0),
    sums.last_played_at,
    %(rules_version)s
from sums
left join shipped_listeners using (grain, region, window_start, song_id);

set local enable_sort = on;

analyze counted_sums;

create temporary table changed_sums on commit drop as
select
    grain,
    region,
    window_start,
    song_id
from (
    select song_counts.*
    from windows_to_sum
    inner join counts.song_counts using (grain, region, window_start)
) as former
full outer join counted_sums using (grain, region, window_start, song_id)
where row(former.*) is distinct from row(counted_sums.*);

analyze changed_sums;

delete from counts.song_counts using changed_sums
where
    song_counts.grain = changed_sums.grain
    and song_counts.region = changed_sums.region
    and song_counts.window_start = changed_sums.window_start
    and song_counts.song_id = changed_sums.song_id;

insert into counts.song_counts
select counted_sums.*
from counted_sums
inner join changed_sums using (grain, region, window_start, song_id);
