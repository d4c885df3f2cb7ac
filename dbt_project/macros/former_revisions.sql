{#-
    What a round is about to replace in final charts: it stays readable as the former revision. Each subquery goes into the table of
    the same name before the charts are replaced, in the transaction that replaces them. So a former revision is kept exactly
    once, when its successor opens; amendments of the successor leave it alone.
-#}

{#- The entries of every chart whose next revision opens. -#}
{% macro former_songs() -%}
    select
        published.grain,
        {%- for column in chart_columns() %}
        published.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_window_changes') }} as changes
    cross join lateral {{ published_chart('changes') }} as published
    where changes.opens_revision
{%- endmacro %}

{#- The header of every such chart, and what it was counted from. A window never counted was final and empty. -#}
{% macro former_windows() -%}
    select
        changes.grain,
        changes.region,
        changes.window_start,
        changes.revision - 1 as revision,
        changes.window_end,
        coalesce(published.total_plays, 0) as total_plays,
        coalesce(published.total_songs, 0) as total_songs,
        {%- for counter in uncounted() %}
        coalesce(counted.{{ counter }}, 0) as {{ counter }},
        {%- endfor %}
        published.changed_at,
        published.computed_at,
        now() as replaced_at
    from {{ ref('int_window_changes') }} as changes
    left join lateral {{ published_window('changes') }} as published on true
    left join lateral {{ published_window('changes', 'settled_window_counts') }} as counted on true
    where changes.opens_revision
{%- endmacro %}

{#- Why each restated chart changed: causes of the change that opened a revision, and of those that amended it. -#}
{% macro new_revision_causes() -%}
    select
        changes.grain,
        changes.region,
        changes.window_start,
        changes.revision,
        string_to_table(changes.causes, ' ') as cause
    from {{ ref('int_window_changes') }} as changes
    where changes.differs and changes.revision > 1
{%- endmacro %}

{#- What each changed window was counted from, where that differs from what is published. -#}
{% macro new_window_counts() -%}
    select
        changes.grain,
        changes.region,
        changes.window_start,
        {%- for counter in uncounted() %}
        changes.{{ counter }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_window_changes') }} as changes
    left join lateral {{ published_window('changes', 'settled_window_counts') }} as counted on true
    where counted.region is null or {{ counters_differ('changes', 'counted', uncounted()) }}
{%- endmacro %}
