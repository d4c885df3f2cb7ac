-- Schema `listens`: what a key's own listener reads back from ingest (docs/decisions/0004-own-listens.md).
set local role live;

create table listens.recent (
    listener uuid not null,
    played_at timestamptz not null,
    identity uuid not null,
    received_at timestamptz not null,
    track jsonb not null,
    primary key (listener, played_at, identity)
);

comment on table listens.recent is
'The newest plays of each listener whom a write key decides, at most 1,000 and a few; written with the live counts.';
comment on column listens.recent.listener is 'First 16 bytes of the hashed listener.';
comment on column listens.recent.played_at is 'Start of playback by the client''s clock.';
comment on column listens.recent.identity is 'First 16 bytes of SHA-256 over listener, play_id and played_at: a duplicate has the same.';
comment on column listens.recent.received_at is 'When ingest received the play.';
comment on column listens.recent.track is 'Title, artist and the other facts of the play, as the client sent them.';

create table listens.playing_now (
    listener uuid primary key,
    playing_until timestamptz not null,
    track jsonb not null
);

comment on table listens.playing_now is 'What a listener''s client said it plays; written by ingest, never counted.';
comment on column listens.playing_now.listener is 'First 16 bytes of the hashed listener.';
comment on column listens.playing_now.playing_until is 'When it is over: after its length, or 10 minutes where that is unknown.';
comment on column listens.playing_now.track is 'The facts of a play, without its time.';

create table listens.latest_imports (
    listener uuid not null,
    service text not null,
    latest_import bigint not null,
    primary key (listener, service)
);

comment on table listens.latest_imports is 'Where a listener''s importer of another service stopped; written by ingest.';
comment on column listens.latest_imports.listener is 'First 16 bytes of the hashed listener.';
comment on column listens.latest_imports.service is 'Name of the service that was imported from, such as lastfm.';
comment on column listens.latest_imports.latest_import is 'Unix time in seconds of the newest imported listen.';

grant select on listens.recent to ingest;
grant select, insert, update on listens.playing_now, listens.latest_imports to ingest;
