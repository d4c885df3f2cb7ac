-- Requests to erase a listener, in schema `erasure`, which loader alone may read.
set local role loader;

create table if not exists erasure.requests (
    id uuid primary key default gen_random_uuid(),
    user_id text check (user_id ~ '^[0-9a-f]{64}$'),
    requested_at timestamptz not null default now(),
    bronze_rows bigint,
    plays bigint,
    rejected bigint,
    hours integer,
    erased_at timestamptz,
    files_gone_by timestamptz,
    files_gone_at timestamptz,
    kafka_gone_by timestamptz,
    check ((user_id is null) = (erased_at is not null))
);

comment on table erasure.requests is
'One row per request to erase a listener; once it is done, the receipt, which names the listener no more.';
comment on column erasure.requests.id is 'The request''s id, by which everything else speaks of it.';
comment on column erasure.requests.user_id is 'The listener''s keyed hash; null as soon as the listener is erased.';
comment on column erasure.requests.requested_at is 'When it was made.';
comment on column erasure.requests.bronze_rows is 'Rows of bronze that became tombstones.';
comment on column erasure.requests.plays is 'Plays that left silver.';
comment on column erasure.requests.rejected is 'Rejected rows that left silver.';
comment on column erasure.requests.hours is 'Regions'' hours that were counted and ranked again.';
comment on column erasure.requests.erased_at is 'When no table and no chart held the listener any more.';
comment on column erasure.requests.files_gone_by is 'By when upkeep has deleted the lake''s former files.';
comment on column erasure.requests.files_gone_at is 'When it had; null until then.';
comment on column erasure.requests.kafka_gone_by is 'By when Kafka has deleted what it still holds.';
