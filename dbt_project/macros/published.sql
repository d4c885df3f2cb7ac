{#-
    What is published before this round: subqueries for `join lateral`.

    They read the marts as a source, not by ref: what is written depends on what was published, and dbt allows no circle.
    `offset 0` keeps Postgres from flattening a subquery into a join, for which it might read all history: each
    window or song is looked up in an index instead.
-#}

{#- The entries of one window. -#}
{% macro published_chart(window) -%}
    (
        select shown.*
        from {{ published_entries() }} as shown
        where
            shown.grain = {{ window }}.grain
            and shown.region = {{ window }}.region
            and shown.window_start = {{ window }}.window_start
        offset 0
    )
{%- endmacro %}

{#- The last entry of a song before the window named by `since`, of the charts in `entries`. -#}
{% macro published_before(song, since, entries=none) -%}
    (
        select shown.*
        from {{ entries or published_entries() }} as shown
        where
            shown.grain = {{ song }}.grain
            and shown.region = {{ song }}.region
            and shown.song_id = {{ song }}.song_id
            and shown.window_start < {{ song }}.{{ since }}
        order by shown.window_start desc
        limit 1
    )
{%- endmacro %}

{#- All entries of a song after the window named by `since`. -#}
{% macro published_after(song, since) -%}
    (
        select shown.*
        from {{ published_entries() }} as shown
        where
            shown.grain = {{ song }}.grain
            and shown.region = {{ song }}.region
            and shown.song_id = {{ song }}.song_id
            and shown.window_start > {{ song }}.{{ since }}
        offset 0
    )
{%- endmacro %}

{#- The row of one window in `table`: `settled_windows`, or `settled_window_counts` for what it was counted from. -#}
{% macro published_window(window, table='settled_windows') -%}
    (
        select known.*
        from {{ source('published', table) }} as known
        where
            known.grain = {{ window }}.grain
            and known.region = {{ window }}.region
            and known.window_start = {{ window }}.window_start
        offset 0
    )
{%- endmacro %}

{#- The rows of one window in every region. -#}
{% macro published_windows_of_all_regions(window) -%}
    (
        select known.*
        from {{ source('published', 'settled_windows') }} as known
        where
            known.grain = {{ window }}.grain
            and known.window_start = {{ window }}.window_start
        offset 0
    )
{%- endmacro %}

{#- Both charts as one subquery, with the grain in front. -#}
{% macro published_entries() -%}
    (
        select 'hour' as grain, {{ chart_columns() | join(', ') }} from {{ source('published', 'settled_hourly') }}
        union all
        select 'day' as grain, {{ chart_columns() | join(', ') }} from {{ source('published', 'settled_daily') }}
    )
{%- endmacro %}

{#- Both settled charts likewise, for models that no round writes. -#}
{% macro settled_entries() -%}
    (
        select 'hour' as grain, {{ chart_columns() | join(', ') }} from {{ ref('settled_hourly') }}
        union all
        select 'day' as grain, {{ chart_columns() | join(', ') }} from {{ ref('settled_daily') }}
    )
{%- endmacro %}
