{#- The counts of one song in one window, looked up in the index; `offset 0` as in published_chart. -#}
{% macro counted_song(song) -%}
    (
        select counted.*
        from {{ ref('stg_song_counts') }} as counted
        where
            counted.grain = {{ song }}.grain
            and counted.region = {{ song }}.region
            and counted.window_start = {{ song }}.window_start
            and counted.song_id = {{ song }}.song_id
        offset 0
    )
{%- endmacro %}
