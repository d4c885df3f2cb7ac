-- Each revision says what of it is shown: songs with too few listeners are not (CHARTS_MINIMUM_LISTENERS). Until now all were.
set local role dbt;

alter table builds.chart_revisions
add column shown_plays bigint,
add column shown_songs bigint,
add column withheld boolean not null default false;

update builds.chart_revisions
set
    shown_plays = total_plays,
    shown_songs = total_songs;

alter table builds.chart_revisions
alter column shown_plays set not null,
alter column shown_songs set not null,
alter column withheld drop default,
add check (shown_plays between shown_songs and total_plays),
add check (shown_songs between 0 and total_songs);
