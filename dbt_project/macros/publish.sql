{#-
    Whether this very invocation has built and tested what would be published. dbt skips what stands below a failure, so what was
    selected and stands above is there. Left-overs of an earlier round that failed are never published.
-#}
{% macro round_is_built() -%}
    {{ return('model.top_songs.int_chart_entries' in selected_resources) }}
{%- endmacro %}

{#- Keeps what this round replaces in final charts. -#}
{% macro keep_former_revisions(songs, windows) -%}
    {%- if execute and round_is_built() -%}
        insert into {{ songs }} (grain, {{ chart_columns() | join(', ') }})
        {{ former_songs() }};

        insert into {{ windows }} (
            grain, region, window_start, revision, window_end, total_plays, total_songs, {{ uncounted() | join(', ') }},
            changed_at, computed_at, replaced_at
        )
        {{ former_windows() }}
    {%- endif -%}
{%- endmacro %}

{#- Writes down why the charts restated in this round changed, beside what was said of the same revision. -#}
{% macro add_revision_causes(revision_causes) -%}
    {%- if execute and round_is_built() -%}
        insert into {{ revision_causes }} (grain, region, window_start, revision, cause)
        {{ new_revision_causes() }}
        on conflict do nothing
    {%- endif -%}
{%- endmacro %}

{#- Writes what the changed windows were counted from. -#}
{% macro replace_window_counts(window_counts) -%}
    {%- if execute and round_is_built() -%}
        {%- set key = ['grain', 'region', 'window_start'] -%}
        {{ upsert(window_counts, new_window_counts(), key + uncounted(), key) }}
    {%- endif -%}
{%- endmacro %}

{#-
    Replaces the slices of one chart: in changed windows, entries below the new last rank vanish (all of them when the window became
    empty); then every entry that differs from the published one is written over it, in changed windows and in later ones.
-#}
{% macro replace_entries(chart, grain) -%}
    {%- if execute and round_is_built() -%}
        delete from {{ chart }} as published
        using {{ ref('int_window_changes') }} as changed
        where
            changed.grain = '{{ grain }}'
            and published.region = changed.region
            and published.window_start = changed.window_start
            and published.rank > changed.entries;

        {% set entries -%}
            select {{ chart_columns() | join(', ') }} from {{ ref('int_chart_entries') }} where grain = '{{ grain }}'
        {%- endset -%}
        {{ upsert(chart, entries, chart_columns(), ['region', 'window_start', 'rank']) }}
    {%- endif -%}
{%- endmacro %}

{#- Writes rows over those with the same key, or beside them. -#}
{% macro upsert(relation, rows, columns, key) -%}
    insert into {{ relation }} ({{ columns | join(', ') }})
    {{ rows }}
    on conflict ({{ key | join(', ') }}) do update set
        {%- for column in columns if column not in key %}
        {{ column }} = excluded.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}
