{#- The counts that add up: hours to their day, regions to global. Distinct listeners do not. -#}
{% macro counters() -%}
    {{ return(['plays', 'raw_plays', 'too_short', 'over_cap', 'duplicates', 'late']) }}
{%- endmacro %}

{#- The counters beside `plays`, which a window carries as `total_plays`. -#}
{% macro uncounted() -%}
    {{ return(counters() | reject('equalto', 'plays') | list) }}
{%- endmacro %}

{#- Each counter summed, under its own name. -#}
{% macro counter_sums(relation, names=none) -%}
    {%- for counter in names or counters() %}
    cast(coalesce(sum({{ relation }}.{{ counter }}), 0) as bigint) as {{ counter }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Each number under its own name, 0 where the row is missing. -#}
{% macro numbers_or_zero(relation, names) -%}
    {%- for name in names %}
    coalesce({{ relation }}.{{ name }}, 0) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Whether any counter differs between two relations, a missing row standing for none. -#}
{% macro counters_differ(one, other, names=none) -%}
    (
        {%- for counter in names or counters() %}
        {{ 'or ' if not loop.first }}coalesce({{ one }}.{{ counter }}, 0) <> coalesce({{ other }}.{{ counter }}, 0)
        {%- endfor %}
    )
{%- endmacro %}

{#- Every window's counts, summed over all of its songs: a subquery that the tests of whole histories compare with. -#}
{% macro counted_windows() -%}
    (
        select
            counts.grain,
            counts.region,
            counts.window_start,
            count(*) filter (where counts.plays > 0) as total_songs,
            {{- counter_sums('counts') }}
        from {{ source('counts', 'song_counts') }} as counts
        group by counts.grain, counts.region, counts.window_start
    )
{%- endmacro %}
