{#-
    Whether a revision belongs to one of the two charts that views with a column `grain` show, which are named like their grains.
    So a condition on the grain is one on the chart, which the indexes start with. `settled_entries` and `top_songs` have further
    charts of the seed too.
-#}
{% macro is_named_like_its_grain(revisions) -%}
    {{ revisions }}.chart in ('hour', 'day')
{%- endmacro %}
