-- Values from Kafka as the lines that well_formed_plays.sql judges, for count_bronze.py: what ingest
-- adds to a play is checked here and taken off. Given: bronze (partition, offset, value).

create table lines as
with texts as (
    select
        row_number() over (order by partition, "offset") as line_number,
        try(decode(value)) as body
    from bronze
),

documents as (
    select
        line_number,
        coalesce(try(json_type(body)) = 'OBJECT', false) as is_object,
        body
    from texts
),

added as (
    select
        *,
        case when is_object then try(json_extract_string(
            body, ['$.schema_version', '$.play_id', '$.user_id', '$.received_at', '$.key_id'])) end as contents
    from documents
)

select
    line_number,
    case
        when is_object then try(json_merge_patch(body, '{"schema_version": null, "received_at": null, "key_id": null}'))::varchar
        else coalesce(body, '')
    end as body,
    case when not coalesce(
        contents[1] = '2'
        and contents[2] is not null
        and regexp_full_match(contents[3], '[0-9a-f]{64}')
        and try_cast(contents[4] as timestamptz) is not null
        and regexp_full_match(contents[5], '[0-9a-f]{8}|local'), false) then 'rejected' end as verdict
from added;
