-- The ledger of enrichment, in schema `counts`. Run as its owner, loader, at every start; safe to run again.

create table if not exists counts.enrichments (
    last_version bigint primary key,
    first_version bigint not null,
    begun_at timestamptz not null default now(),
    finished_at timestamptz,
    received bigint,
    plays bigint,
    duplicates bigint,
    malformed bigint,
    end_offsets jsonb
);

comment on table counts.enrichments is
'One row per range of bronze versions that enrich_plays takes at once; it is written before the work begins.';
comment on column counts.enrichments.last_version is 'The range''s last bronze version; the batch number in silver.';
comment on column counts.enrichments.first_version is 'The range''s first bronze version.';
comment on column counts.enrichments.begun_at is 'When the range was fixed.';
comment on column counts.enrichments.finished_at is 'When silver held the whole range; null until then.';
comment on column counts.enrichments.received is 'Bronze rows of the range.';
comment on column counts.enrichments.plays is 'Rows that became plays.';
comment on column counts.enrichments.duplicates is 'Copies of plays.';
comment on column counts.enrichments.malformed is 'Values that are no plays.';
comment on column counts.enrichments.end_offsets is 'Kafka''s offsets, by partition, before which bronze is in silver.';

-- The api reads a day of them.
create index if not exists enrichments_finished_at on counts.enrichments (finished_at);

create table if not exists counts.slices_to_count (
    region text not null,
    hour_start timestamptz not null,
    cause counts.cause not null default 'late_plays',
    primary key (region, hour_start, cause)
);

-- A database whose marks had no cause yet.
do $$
begin
    alter table counts.slices_to_count add column cause counts.cause not null default 'late_plays';
    alter table counts.slices_to_count drop constraint slices_to_count_pkey, add primary key (region, hour_start, cause);
exception when duplicate_column then null;
end $$;
alter table counts.slices_to_count add column if not exists first_batch bigint;

comment on table counts.slices_to_count is
'One row per region and hour whose plays changed in silver and whose counts are not published again yet, and per cause.';
comment on column counts.slices_to_count.region is 'ISO 3166-1 alpha-2 code.';
comment on column counts.slices_to_count.hour_start is 'First instant of the hour, UTC.';
comment on column counts.slices_to_count.cause is 'Why its plays changed: late_plays, erasure, rebuild or redrive.';
comment on column counts.slices_to_count.first_batch is
'The first batch that the slice is not counted with; null when all its plays are to be counted again.';

create table if not exists counts.hours_to_compact (
    date date not null,
    hour integer not null,
    appends integer not null,
    primary key (date, hour)
);

comment on table counts.hours_to_compact is
'One row per hour of the lake that was appended to since its files were last made one per region.';
comment on column counts.hours_to_compact.date is 'UTC date.';
comment on column counts.hours_to_compact.hour is 'Hour of the date, 0 to 23.';
comment on column counts.hours_to_compact.appends is 'How many rounds appended to the hour since then.';

create table if not exists counts.accepted_losses (
    partition text not null,
    first_offset bigint not null,
    end_offset bigint not null check (end_offset > first_offset),
    accepted_at timestamptz not null default now(),
    primary key (partition, first_offset)
);

comment on table counts.accepted_losses is
'One row per gap in Kafka''s offsets that an operator has accepted: these messages are lost for good.';
comment on column counts.accepted_losses.partition is 'Kafka partition of the topic of plays.';
comment on column counts.accepted_losses.first_offset is 'The first lost offset.';
comment on column counts.accepted_losses.end_offset is 'The offset after the last lost one.';
comment on column counts.accepted_losses.accepted_at is 'When the loss was accepted.';
