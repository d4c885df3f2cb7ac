-- Replaces the counts of the windows that are sums of changed hours; publish_windows.sql goes on from here. Writes only
-- what differs. Run after publish_counts.sql, in its transaction.

-- A rebuild trusts no sum: it makes those of every song anew, window by window, also of songs that no hour has.
create temporary table rebuilt_windows on commit drop as
select distinct
    windows.grain,
    windows.region,
    windows.window_start,
    windows.window_start + windows.length as window_end
from changed_slices
inner join counts.slices_to_count as marks using (region, hour_start)
cross join lateral (
    values
    ('hour', 'global', hour_start, interval '1 hour'),
    ('day', region, date_trunc('day', hour_start, 'UTC'), interval '24 hours'),
    ('day', 'global', date_trunc('day', hour_start, 'UTC'), interval '24 hours')
) as windows (grain, region, window_start, length)
where marks.cause = 'rebuild';

analyze rebuilt_windows;

-- Elsewhere a song's sums are made anew where one of its hours changed, or its listeners did.
create temporary table songs_to_sum on commit drop as
-- Left out before they are looked up as well as at the end: a rebuild ships those of every song.
with listeners as (
    select
        grain,
        region,
        window_start,
        song_id,
        listeners
    from shipped_listeners
    where (grain, region, window_start) not in (select grain, region, window_start from rebuilt_windows)
),

songs as (
    select
        'hour' as grain,
        'global' as region,
        window_start,
        song_id
    from changed_hours
    union
    select
        'day' as grain,
        windows.region,
        changed_days.window_start,
        changed_days.song_id
    from (
        select distinct
            region,
            date_trunc('day', window_start, 'UTC') as window_start,
            song_id
        from changed_hours
    ) as changed_days
    cross join lateral (values (changed_days.region), ('global')) as windows (region)
    union
    select
        grain,
        region,
        window_start,
        song_id
    from listeners
    inner join counts.song_counts using (grain, region, window_start, song_id)
    where song_counts.listeners <> listeners.listeners
)

select
    grain,
    region,
    window_start,
    song_id
from songs
where (grain, region, window_start) not in (select grain, region, window_start from rebuilt_windows);

analyze songs_to_sum;

create temporary table counted_sums (like counts.song_counts) on commit drop;

-- Windows, regions and songs go together, of which no statistics tell: the planner expects one row where ten thousand
-- come, and would sort them.
set local enable_sort = off;

insert into counted_sums (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, title, artist, named_at, named_by, rules_version
)
with parts as (
    select
        songs.grain as sum_grain,
        songs.region as sum_region,
        songs.window_start as sum_start,
        hours.*
    from songs_to_sum as songs
    inner join counts.song_counts as hours
        on songs.window_start = hours.window_start and songs.song_id = hours.song_id
    where songs.grain = 'hour' and hours.grain = 'hour' and hours.region <> 'global'
    union all
    -- The range is for an index, the equality for a hash: few songs are looked up, many are joined.
    select
        songs.grain as sum_grain,
        songs.region as sum_region,
        songs.window_start as sum_start,
        hours.*
    from songs_to_sum as songs
    inner join counts.song_counts as hours
        on
            hours.window_start >= songs.window_start
            and hours.window_start < songs.window_start + interval '24 hours'
            and songs.window_start = date_trunc('day', hours.window_start, 'UTC')
            and songs.region = hours.region
            and songs.song_id = hours.song_id
    where songs.grain = 'day' and songs.region <> 'global' and hours.grain = 'hour'
    union all
    select
        songs.grain as sum_grain,
        songs.region as sum_region,
        songs.window_start as sum_start,
        hours.*
    from songs_to_sum as songs
    inner join counts.song_counts as hours
        on
            hours.window_start >= songs.window_start
            and hours.window_start < songs.window_start + interval '24 hours'
            and songs.window_start = date_trunc('day', hours.window_start, 'UTC')
            and songs.song_id = hours.song_id
    where songs.grain = 'day' and songs.region = 'global' and hours.grain = 'hour' and hours.region <> 'global'
    union all
    -- One region's hours lie together in the index; in one branch with global each of its windows would read every region.
    select
        windows.grain as sum_grain,
        windows.region as sum_region,
        windows.window_start as sum_start,
        hours.*
    from rebuilt_windows as windows
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
    from rebuilt_windows as windows
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
        max(last_played_at) as last_played_at,
        min(
            row(left(named_by, 1), named_at, named_by, title, artist)::counts.song_name
        )::text::counts.song_name as naming
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
    (sums.naming).title,
    (sums.naming).artist,
    (sums.naming).named_at,
    (sums.naming).named_by,
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
    from songs_to_sum
    inner join counts.song_counts using (grain, region, window_start, song_id)
    union all
    select song_counts.*
    from rebuilt_windows
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
