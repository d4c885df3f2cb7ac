{#-
    Joins that name songs: by `dim_songs`, and a song without a settled day as the stream first met it. Left joins by unique
    keys: Postgres leaves them out where a reader asks for no name.
-#}
{% macro join_names(songs) -%}
    left join {{ ref('dim_songs') }} as named on {{ songs }}.song_id = named.song_id
    left join {{ source('live', 'songs') }} as met
        on named.song_id is null and {{ songs }}.song_id = {{ live_song_id('met.song_id') }}
{%- endmacro %}

{#- The columns that these joins give. -#}
{% macro name_columns() -%}
    coalesce(named.title, met.title) as title,
    coalesce(named.artist, met.artist) as artist
{%- endmacro %}

{#- The columns of entries with these names, in the order of every chart. -#}
{% macro named_entries(entries) -%}
    {%- for column in chart_columns() if column != 'revision' %}
    {%- if column == 'title' %}
    {{ name_columns() }},
    {%- elif column != 'artist' %}
    {{ entries }}.{{ column }}{{ ',' if not loop.last }}
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
