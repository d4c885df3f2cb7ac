-- Replaces the counts of the changed windows by what was shipped. Run in the transaction that made the
-- temporary tables changed_slices, shipped_hours and shipped_listeners.

create temporary table causes_of_change on commit drop as
select distinct
    windows.grain,
    windows.region,
    windows.window_start,
    marks.cause
from changed_slices
inner join counts.slices_to_count as marks using (region, hour_start)
cross join lateral (
    values
    ('hour', region, hour_start),
    ('hour', 'global', hour_start),
    ('day', region, date_trunc('day', hour_start, 'UTC')),
    ('day', 'global', date_trunc('day', hour_start, 'UTC'))
) as windows (grain, region, window_start);

create temporary table changed_windows on commit drop as
select distinct
    grain,
    region,
    window_start
from causes_of_change;

delete from counts.song_counts using changed_windows
where
    song_counts.grain = changed_windows.grain
    and song_counts.region = changed_windows.region
    and song_counts.window_start = changed_windows.window_start;

insert into counts.song_counts (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, title, artist, named_at, named_by, rules_version
)
select
    'hour', region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, title, artist, named_at, named_by, %(rules_version)s
from shipped_hours;

-- Days of each region, and hours and days of all regions, are sums of the hours of each region.
insert into counts.song_counts (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, title, artist, named_at, named_by, rules_version
)
select
    changed_windows.grain,
    changed_windows.region,
    changed_windows.window_start,
    hours.song_id,
    sum(hours.plays),
    sum(hours.raw_plays),
    sum(hours.too_short),
    sum(hours.over_cap),
    sum(hours.duplicates),
    sum(hours.late),
    coalesce(max(shipped_listeners.listeners), 0),
    max(hours.last_played_at),
    (array_agg(hours.title order by left(hours.named_by, 1), hours.named_at, hours.named_by collate "C"))[1],
    (array_agg(hours.artist order by left(hours.named_by, 1), hours.named_at, hours.named_by collate "C"))[1],
    (array_agg(hours.named_at order by left(hours.named_by, 1), hours.named_at, hours.named_by collate "C"))[1],
    (array_agg(hours.named_by order by left(hours.named_by, 1), hours.named_at, hours.named_by collate "C"))[1],
    %(rules_version)s
from changed_windows
inner join counts.song_counts as hours
    on
        hours.grain = 'hour'
        and hours.region != 'global'
        and (changed_windows.region = 'global' or hours.region = changed_windows.region)
        and hours.window_start >= changed_windows.window_start
        and hours.window_start < changed_windows.window_start
        + case changed_windows.grain when 'hour' then interval '1 hour' else interval '1 day' end
left join shipped_listeners
    on
        shipped_listeners.grain = changed_windows.grain
        and shipped_listeners.region = changed_windows.region
        and shipped_listeners.window_start = changed_windows.window_start
        and shipped_listeners.song_id = hours.song_id
where not (changed_windows.grain = 'hour' and changed_windows.region != 'global')
group by changed_windows.grain, changed_windows.region, changed_windows.window_start, hours.song_id;

insert into counts.windows_to_rank (grain, region, window_start, cause)
select
    grain,
    region,
    window_start,
    cause
from causes_of_change
on conflict do nothing;

delete from counts.slices_to_count using changed_slices
where
    slices_to_count.region = changed_slices.region
    and slices_to_count.hour_start = changed_slices.hour_start;
