{#-
    The start of the first open window of a grain: what starts earlier is settled. Without a grain, of the row's own in column
    `of`; not by a subquery for each row.
-#}
{% macro open_from(grain=none, of='grain') -%}
    {%- if grain -%}
    (select known.open_from from {{ ref('open_windows') }} as known where known.grain = '{{ grain }}')
    {%- else -%}
    case {{ of }} when 'hour' then {{ open_from('hour') }} else {{ open_from('day') }} end
    {%- endif -%}
{%- endmacro %}

{#- Whether the stream counts at all; LIVE_COUNTS=off sets every open_from to infinity. -#}
{% macro live_is_on() -%}
    exists (
        select from {{ source('live', 'open_windows') }} as known
        where known.open_from < 'infinity'
    )
{%- endmacro %}
