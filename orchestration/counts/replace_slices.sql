-- Replace the counts of changed slices by what was counted from silver, where they differ; sum_windows.sql follows.
-- Run in the transaction that made the temporary tables changed_slices, shipped_hours and shipped_listeners.

create temporary table counted_hours (like counts.song_counts) on commit drop;

insert into counted_hours (
    grain, region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, rules_version
)
select
    'hour', region, window_start, song_id, plays, raw_plays, too_short, over_cap, duplicates, late, listeners,
    last_played_at, %(rules_version)s
from shipped_hours;

analyze counted_hours;

create temporary table changed_hours on commit drop as
select
    grain,
    region,
    window_start,
    song_id
from (
    select song_counts.*
    from changed_slices
    inner join counts.song_counts
        on
            song_counts.grain = 'hour'
            and song_counts.region = changed_slices.region
            and song_counts.window_start = changed_slices.hour_start
) as former
full outer join counted_hours using (grain, region, window_start, song_id)
where row(former.*) is distinct from row(counted_hours.*);

analyze changed_hours;

delete from counts.song_counts using changed_hours
where
    song_counts.grain = changed_hours.grain
    and song_counts.region = changed_hours.region
    and song_counts.window_start = changed_hours.window_start
    and song_counts.song_id = changed_hours.song_id;

insert into counts.song_counts
select counted_hours.*
from counted_hours
inner join changed_hours using (grain, region, window_start, song_id);
