-- The rules of the wire, written a second time and on their own, for count_charts.py.
-- Given: lines (line_number, body, verdict) and regions (region). A verdict that is already there,
-- from a ledger, is kept.

create macro white_space() as
    chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(133) || chr(160) || chr(5760)
    || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198)
    || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239)
    || chr(8287) || chr(12288);

create macro is_text(kind, content, shortest, longest) as coalesce(
    kind = 'VARCHAR' and length(content) between shortest and longest
    and not contains(content, chr(0)), false);

-- Neither control characters nor such as turn the direction of what follows.
create macro is_line(kind, content, shortest, longest) as coalesce(
    is_text(kind, content, shortest, longest)
    and not regexp_matches(content, '[\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'), false);

-- What nobody sees names nothing.
create macro is_name(kind, content) as coalesce(
    is_line(kind, content, 1, 512)
    and regexp_matches(
        content,
        '[^\s\x{85}\p{Z}\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{2060}-\x{206f}'
        || '\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff0}-\x{fff8}\x{1bca0}-\x{1bca3}\x{1d173}-\x{1d17a}'
        || '\x{e0000}-\x{e0fff}]'), false);

create macro is_absent(kind) as coalesce(kind, 'NULL') = 'NULL';

create macro is_milliseconds(kind, content) as
    is_absent(kind) or (kind = 'UBIGINT' and try_cast(content as hugeint) <= 86400000);

create table fields as
select
    line_number,
    json_type(body) as kind,
    json_keys(body) as names,
    json_keys(body, '$.client') as client_names,
    json_type(body, [
        '$.play_id', '$.user_id', '$.title', '$.artist', '$.release', '$.isrc',
        '$.recording_mbid', '$.region', '$.played_at', '$.ms_played', '$.duration_ms',
        '$.client', '$.client.name', '$.client.version']) as kinds,
    json_extract_string(body, [
        '$.play_id', '$.user_id', '$.title', '$.artist', '$.release', '$.isrc',
        '$.recording_mbid', '$.region', '$.played_at', '$.ms_played', '$.duration_ms',
        '$.client', '$.client.name', '$.client.version']) as contents
from lines
where json_valid(body);

create table submitted as
with named as (
    select
        *,
        trim(contents[3], white_space()) as title,
        trim(contents[4], white_space()) as artist,
        upper(contents[8]) as region,
        upper(replace(contents[6], '-', '')) as isrc,
        case when regexp_full_match(
            contents[9],
            '[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})')
            then try_cast(upper(contents[9]) as timestamptz) at time zone 'UTC' end as played_at
    from fields
)

select
    line_number,
    contents[1] as chosen_play_id,
    contents[2] as user_id,
    title,
    artist,
    region,
    played_at,
    try_cast(contents[10] as bigint) as ms_played,
    coalesce(
        kind = 'OBJECT'
        and list_has_all([
            'play_id', 'user_id', 'title', 'artist', 'release', 'isrc', 'recording_mbid', 'region',
            'played_at', 'ms_played', 'duration_ms', 'client'], names)
        and (is_absent(kinds[1])
            or (kinds[1] = 'VARCHAR' and regexp_full_match(contents[1], '[A-Za-z0-9_.:\-]{1,64}')))
        and is_text(kinds[2], contents[2], 1, 128)
        and is_name(kinds[3], title)
        and is_name(kinds[4], artist)
        and (is_absent(kinds[5]) or is_line(kinds[5], contents[5], 0, 512))
        and (is_absent(kinds[6])
            or (kinds[6] = 'VARCHAR' and regexp_full_match(isrc, '[A-Z]{2}[A-Z0-9]{3}[0-9]{7}')))
        and (is_absent(kinds[7])
            or (kinds[7] = 'VARCHAR' and try_cast(contents[7] as uuid) is not null))
        and kinds[8] = 'VARCHAR' and region in (select regions.region from regions)
        and kinds[9] = 'VARCHAR' and played_at >= timestamp '2002-10-01 00:00:00'
        and played_at <= (now() at time zone 'UTC') + interval 1 hour
        and is_milliseconds(kinds[10], contents[10])
        and is_milliseconds(kinds[11], contents[11])
        and (is_absent(kinds[12])
            or (kinds[12] = 'OBJECT' and list_has_all(['name', 'version'], client_names)))
        and (is_absent(kinds[13]) or is_line(kinds[13], contents[13], 0, 64))
        and (is_absent(kinds[14]) or is_line(kinds[14], contents[14], 0, 64)),
        false) as well_formed
from named;

create table judged as
select
    lines.line_number,
    coalesce(submitted.well_formed, false) as well_formed,
    coalesce(
        lines.verdict,
        case when submitted.well_formed then 'accepted' else 'rejected' end) as verdict
from lines
left join submitted on lines.line_number = submitted.line_number;

create table accepted as
select submitted.*
from submitted
inner join judged on submitted.line_number = judged.line_number
where judged.verdict = 'accepted';
