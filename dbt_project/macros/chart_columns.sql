{#- The columns of every chart, in the order of their contracts. -#}
{% macro chart_columns() -%}
    {{ return([
        'region', 'window_start', 'rank', 'song_id', 'title', 'artist', 'plays', 'raw_plays', 'listeners', 'previous_rank',
        'movement', 'peak_rank', 'peak_at', 'windows_on_chart', 'streak', 'revision',
    ]) }}
{%- endmacro %}

{#- The columns that a build keeps of each entry: its revision is in `chart_revisions`, its name in `dim_songs`. -#}
{% macro entry_columns() -%}
    {{ return(chart_columns() | reject('in', ['title', 'artist', 'revision']) | list) }}
{%- endmacro %}
