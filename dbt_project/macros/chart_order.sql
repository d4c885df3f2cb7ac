{#-
    The order of a chart, in one place: more plays, then more listeners, then the song whose last play in the window came
    earlier, then the song_id by its bytes, whatever the database's collation. Total, so every chart is deterministic.
    `song` is what the song_id is compared by, where the rows have no song_id as text.
-#}
{% macro chart_order(song='song_id collate "C"') -%}
    plays desc, listeners desc, last_played_at asc, {{ song }} asc
{%- endmacro %}
