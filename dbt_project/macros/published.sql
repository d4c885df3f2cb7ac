{#-
    What is published before this run: subqueries for `join lateral`.

    They read builds of earlier runs as a source, not by ref: what is written depends on what was published, and dbt allows no
    circle. `offset 0` keeps Postgres from flattening a subquery into a join, for which it might read all history: each
    window or song is looked up in an index instead.
-#}

{#- The entries of one chart and window. -#}
{% macro published_chart(window) -%}
    (
        select shown.chart, shown.{{ entry_columns() | join(', shown.') }}
        from {{ source('published', 'settled_entries') }} as shown
        where
            shown.chart = {{ window }}.chart
            and shown.region = {{ window }}.region
            and shown.window_start = {{ window }}.window_start
        offset 0
    )
{%- endmacro %}

{#- The last entry of a song before the window named by `since`, of the settled charts in `entries`. -#}
{% macro published_before(song, since, entries=none) -%}
    (
        select shown.chart, shown.{{ entry_columns() | join(', shown.') }}
        from {{ entries or source('published', 'settled_entries') }} as shown
        where
            shown.chart = {{ song }}.chart
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
        select shown.chart, shown.{{ entry_columns() | join(', shown.') }}
        from {{ source('published', 'settled_entries') }} as shown
        where
            shown.chart = {{ song }}.chart
            and shown.region = {{ song }}.region
            and shown.song_id = {{ song }}.song_id
            and shown.window_start > {{ song }}.{{ since }}
        offset 0
    )
{%- endmacro %}

{#- The current revision of one chart and window. -#}
{% macro published_window(window) -%}
    {{ published_revisions(window, 'is null') }}
{%- endmacro %}

{#- The previous revisions of one chart and window. -#}
{% macro published_former(window) -%}
    {{ published_revisions(window, 'is not null') }}
{%- endmacro %}

{#- The revisions of one chart and window whose `replaced_at` is as said. -#}
{% macro published_revisions(window, replaced_at) -%}
    (
        select known.*
        from {{ source('published', 'chart_revisions') }} as known
        where
            known.chart = {{ window }}.chart
            and known.region = {{ window }}.region
            and known.window_start = {{ window }}.window_start
            and known.replaced_at {{ replaced_at }}
        offset 0
    )
{%- endmacro %}

{#- What one window was counted from, as any chart of its grain has it: all of them are made from the same counts. -#}
{% macro published_counts(window) -%}
    (
        select known.*
        from {{ ref('charts') }} as charts
        inner join {{ source('published', 'chart_revisions') }} as known on charts.name = known.chart
        where
            charts.grain = {{ window }}.grain
            and known.region = {{ window }}.region
            and known.window_start = {{ window }}.window_start
            and known.replaced_at is null
        limit 1
    )
{%- endmacro %}

{#- The same of one window in every region. -#}
{% macro published_counts_of_all_regions(window) -%}
    (
        select distinct on (known.region)
            charts.grain,
            known.*
        from {{ ref('charts') }} as charts
        inner join {{ source('published', 'chart_revisions') }} as known on charts.name = known.chart
        where
            charts.grain = {{ window }}.grain
            and known.window_start = {{ window }}.window_start
            and known.replaced_at is null
        order by known.region
    )
{%- endmacro %}
