-- An erasure amends the current revision of a window and withdraws the ones before: nothing may show whom it concerns.
set local role dbt;

alter table builds.chart_revisions add column erased boolean not null default false;
alter table builds.chart_revisions alter column erased drop default;

-- What erasures of an earlier checkout left to compare.
update builds.chart_revisions
set
    erased = true,
    causes = nullif(trim(both ' ' from replace(' ' || causes || ' ', ' erasure ', ' ')), ''),
    build_id = case when replaced_at is null then build_id end,
    entries = case when replaced_at is null then entries else 0 end,
    total_plays = case when replaced_at is null then total_plays else 0 end,
    total_songs = case when replaced_at is null then total_songs else 0 end,
    shown_plays = case when replaced_at is null then shown_plays else 0 end,
    shown_songs = case when replaced_at is null then shown_songs else 0 end,
    raw_plays = case when replaced_at is null then raw_plays else 0 end,
    too_short = case when replaced_at is null then too_short else 0 end,
    over_cap = case when replaced_at is null then over_cap else 0 end,
    duplicates = case when replaced_at is null then duplicates else 0 end,
    late = case when replaced_at is null then late else 0 end
where exists (
    select from builds.chart_revisions as told
    where
        told.chart = chart_revisions.chart
        and told.region = chart_revisions.region
        and told.window_start = chart_revisions.window_start
        and told.causes ~ '\merasure\M'
);
