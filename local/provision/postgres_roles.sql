-- Brought in line at every start, by the superuser, in the database itself. Each role can do its part only:
-- loader fills `counts`, live counts into `live`, dbt turns both into `charts`, reader sees nothing but `charts`,
-- ingest nothing but what a listener's own clients read back.
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect, temporary on database %I to loader, dbt, live', current_database());
    execute format('grant connect on database %I to ingest, reader', current_database());
end
$$;

revoke all on schema public from public;

create schema if not exists counts;
alter schema counts owner to loader;
-- Who asked to be erased is for the loader's eyes alone.
create schema if not exists erasure;
alter schema erasure owner to loader;
create schema if not exists live;
alter schema live owner to live;
-- Plays with their listener: the live counter's and ingest's, and of no use to dbt.
create schema if not exists listens;
alter schema listens owner to live;
grant usage on schema listens to ingest;
create schema if not exists charts;
alter schema charts owner to dbt;
create schema if not exists builds;
alter schema builds owner to dbt;
create schema if not exists dbt_staging;
alter schema dbt_staging owner to dbt;
create schema if not exists dbt_intermediate;
alter schema dbt_intermediate owner to dbt;

grant usage on schema counts to dbt;
grant select on all tables in schema counts to dbt;
alter default privileges for role loader in schema counts grant select on tables to dbt;

grant usage on schema live to dbt;
grant select on all tables in schema live to dbt;
alter default privileges for role live in schema live grant select on tables to dbt;
-- Settling and reseeding write what the live counter owns.
grant live to loader;

-- What the api's search folds accents and compares spellings with; both come with Postgres.
create schema if not exists text_search;
create extension if not exists unaccent with schema text_search;
create extension if not exists pg_trgm with schema text_search;
grant usage on schema text_search to reader;

-- Superseded builds of charts are deleted; their list is one of dbt's intermediate tables. Names of songs are compared.
grant usage on schema builds, charts, dbt_intermediate to loader;

grant usage on schema charts to reader;
grant select on all tables in schema charts to reader;
alter default privileges for role dbt in schema charts grant select on tables to reader;

-- An advisory lock of `reader` would stop the rounds, and a large object, which no grant of a table stops, fill the disk.
-- NOTIFY is a command without a privilege: it cannot be taken from a role.
do $$
declare
    name regprocedure;
begin
    for name in
        select oid from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and proname ~ '^(pg_(try_)?advisory_(xact_)?lock|lo_|lowrite$|loread$)'
    loop
        execute format('revoke execute on function %s from public', name);
        if name::text ~ 'advisory' then
            execute format('grant execute on function %s to loader, dbt, live', name);
        end if;
    end loop;
end
$$;

alter role reader set default_transaction_read_only to on;
-- Of the server's 60: room is left for the roles that write.
alter role reader connection limit 20;
alter role reader set statement_timeout to '5s';
alter role ingest connection limit 10;
alter role ingest set statement_timeout to '2s';

-- Publishing and ranking join and sort whole windows in temporary tables. At 4 and 8 MB, Postgres' own settings, each goes
-- to disk and back; few sessions of these roles are open at a time.
alter role loader set work_mem to '64MB';
alter role loader set temp_buffers to '128MB';
alter role dbt set work_mem to '64MB';
alter role dbt set temp_buffers to '128MB';

-- The offsets are stored with the counts: what a crash of the server takes back is read from Kafka again.
alter role live set synchronous_commit to off;
alter role live set statement_timeout to '30s';
alter role live set work_mem to '32MB';
