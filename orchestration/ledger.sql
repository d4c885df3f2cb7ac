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

create table if not exists counts.slices_to_count (
    region text not null,
    hour_start timestamptz not null,
    primary key (region, hour_start)
);

comment on table counts.slices_to_count is
'One row per region and hour whose plays changed in silver and whose counts are not published again yet.';
comment on column counts.slices_to_count.region is 'ISO 3166-1 alpha-2 code.';
comment on column counts.slices_to_count.hour_start is 'First instant of the hour, UTC.';
