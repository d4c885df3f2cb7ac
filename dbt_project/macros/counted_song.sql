{#- The counts of one song in one window, of its region or another, looked up in the index; `offset 0` as in published_chart. -#}
{% macro counted_song(song, place=none) -%}
    (
        select counted.*
        from {{ ref('stg_song_counts') }} as counted
        where
            counted.grain = {{ song }}.grain
            and counted.region = {{ place or song }}.region
            and counted.window_start = {{ song }}.window_start
            and counted.song_id = {{ song }}.song_id
        offset 0
    )
{%- endmacro %}
