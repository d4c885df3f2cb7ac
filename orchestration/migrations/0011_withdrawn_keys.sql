-- Keys whose plays are not counted, and the cause of what their withdrawal restates.
set local role live;

create table live.withdrawn_keys (
    key_id text primary key,
    withdrawn_at timestamptz not null default now()
);

comment on table live.withdrawn_keys is
'One row per write key whose plays were withdrawn: silver keeps them, and neither the stream nor the lake counts them.';
comment on column live.withdrawn_keys.key_id is 'Id of the key, as `python -m ingest.keys list` prints it.';
comment on column live.withdrawn_keys.withdrawn_at is 'When its plays were withdrawn.';

set local role loader;

alter domain counts.cause drop constraint cause_check;
alter domain counts.cause add constraint cause_check
check (value in ('late_plays', 'erasure', 'rebuild', 'redrive', 'withdrawn'));
