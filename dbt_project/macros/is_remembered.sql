{#- Whether a window is not one of which nothing is left after an erasure: such a window looks as if it was never counted. -#}
{% macro is_remembered(revisions) -%}
    not ({{ revisions }}.erased and {{ revisions }}.raw_plays = 0 and {{ revisions }}.duplicates = 0)
{%- endmacro %}
