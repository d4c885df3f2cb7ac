-- The ledger of enrichment, in schema `counts`.
set local role loader;

create table if not exists counts.enrichments (
    last_version bigint primary key,
    first_version bigint not null,
    begun_at timestamptz not null default now(),
    finished_at timestamptz,
    received bigint,
    plays bigint,
    duplicates bigint,
    malformed bigint,
    end_offsets jsonb,
    erased bigint not null default 0
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

comment on column counts.enrichments.erased is
'Rows whose listener was erased since; their tombstones stay in bronze, and no other column counts them.';

-- The api reads a day of them.
create index if not exists enrichments_finished_at on counts.enrichments (finished_at);

create table if not exists counts.slices_to_count (
    region text not null,
    hour_start timestamptz not null,
    cause counts.cause not null default 'late_plays',
    primary key (region, hour_start, cause)
);

comment on table counts.slices_to_count is
'One row per region and hour whose plays changed in silver and whose counts are not published again yet, and per cause.';
comment on column counts.slices_to_count.region is 'ISO 3166-1 alpha-2 code.';
comment on column counts.slices_to_count.hour_start is 'First instant of the hour, UTC.';
comment on column counts.slices_to_count.cause is 'Why its plays changed: late_plays, erasure, rebuild or redrive.';

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

create table if not exists counts.lake_tables (
    name text primary key,
    version bigint not null,
    rows bigint not null,
    checked_at timestamptz not null default now()
);

comment on table counts.lake_tables is
'One row per table of the lake: how many rows it held when received = plays + rejected was last found to hold.';
comment on column counts.lake_tables.name is 'The table''s folder in the lake.';
comment on column counts.lake_tables.version is 'The version that was counted; of bronze, the last that is in silver.';
comment on column counts.lake_tables.rows is 'How many rows it held; in bronze, tombstones of erased plays among them.';
comment on column counts.lake_tables.checked_at is 'When it was counted.';

create table if not exists counts.superseded_plays (
    batch bigint not null,
    partition integer not null,
    "offset" bigint not null,
    play_batch bigint not null,
    region text not null,
    hour_start timestamptz not null,
    primary key (batch, partition, "offset")
);

comment on table counts.superseded_plays is
'One row per play in silver of which a later batch brought an earlier copy, by Kafka partition and offset: the copy '
'became the play, and the play a duplicate. Written before silver is changed.';
comment on column counts.superseded_plays.batch is 'The batch that brought the earlier copy.';
comment on column counts.superseded_plays.partition is 'Kafka partition of the play that became a duplicate.';
comment on column counts.superseded_plays."offset" is 'Its offset.';
comment on column counts.superseded_plays.play_batch is 'The batch that had brought it.';
comment on column counts.superseded_plays.region is 'Its region.';
comment on column counts.superseded_plays.hour_start is 'Start of its hour, UTC.';

create table if not exists counts.corrections (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('redrive', 'rebuild', 'erasure')),
    subject text not null,
    begun_at timestamptz not null default now(),
    finished_at timestamptz,
    slices jsonb not null default '[]',
    batches jsonb not null default '[]',
    erased jsonb not null default '{}'
);

comment on table counts.corrections is
'One row per change by hand to what silver holds. It is written before the change begins, and publishing waits while one '
'is not finished.';
comment on column counts.corrections.id is 'Number of the correction.';
comment on column counts.corrections.kind is 'redrive, rebuild or erasure.';
comment on column counts.corrections.subject is
'The reason that is driven again, what is made again, or the id of the request to erase; never a listener.';
comment on column counts.corrections.begun_at is 'When it was begun.';
comment on column counts.corrections.finished_at is 'When silver and the ledger agreed again; null until then.';
comment on column counts.corrections.slices is 'The regions and hours that it changes; counted again when it is finished.';
comment on column counts.corrections.batches is 'The batches whose rows it changes; tallied again when it is finished.';
comment on column counts.corrections.erased is 'Of an erasure, how many rows of each batch it turns into tombstones.';
