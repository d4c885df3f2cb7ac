{#-
    Both charts as they stand before this round, as one subquery with the grain in front.

    They are read as a source, not by ref: what is written depends on what was published, and dbt allows no circle. Read it
    inside `cross join lateral (… offset 0)`: that keeps Postgres from flattening the subquery into a join that scans all
    history, so it looks up each window or song in an index.
-#}
{% macro published_entries() -%}
    (
        select 'hour' as grain, {{ chart_columns() | join(', ') }} from {{ source('published', 'top_songs_hourly') }}
        union all
        select 'day' as grain, {{ chart_columns() | join(', ') }} from {{ source('published', 'top_songs_daily') }}
    )
{%- endmacro %}
