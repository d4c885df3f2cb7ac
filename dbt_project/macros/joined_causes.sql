{#- Two lists of causes as one, each cause once, in alphabetical order, with spaces between. -#}
{% macro joined_causes(one, other) -%}
    (
        select string_agg(distinct causes.cause, ' ' order by causes.cause)
        from string_to_table(concat_ws(' ', {{ one }}, {{ other }}), ' ') as causes (cause)
    )
{%- endmacro %}
