{#-
    The order of a chart, in one place: more plays, then more listeners, then the song whose last play in the window came
    earlier, then the song_id by its bytes, whatever the database's collation. Total, so every chart is deterministic.
-#}
{% macro chart_order() -%}
    plays desc, listeners desc, last_played_at asc, song_id collate "C" asc
{%- endmacro %}
