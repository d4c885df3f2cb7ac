{#- The counts that add up: hours to their day, regions to global. Distinct listeners do not. -#}
{% macro counters() -%}
    {{ return(['plays', 'raw_plays', 'too_short', 'over_cap', 'duplicates', 'late']) }}
{%- endmacro %}

{#- Each counter summed, under its own name. -#}
{% macro counter_sums(relation) -%}
    {%- for counter in counters() %}
    coalesce(sum({{ relation }}.{{ counter }}), 0) as {{ counter }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Whether any counter differs between two relations, a missing row standing for none. -#}
{% macro counters_differ(one, other) -%}
    (
        {%- for counter in counters() %}
        {{ 'or ' if not loop.first }}coalesce({{ one }}.{{ counter }}, 0) <> coalesce({{ other }}.{{ counter }}, 0)
        {%- endfor %}
    )
{%- endmacro %}
