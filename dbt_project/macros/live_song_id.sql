{#- The song_id of a song of schema `live`, which keeps its 16 hex digits as a signed integer. -#}
{% macro live_song_id(song) -%}
    '{{ var("song_id_prefix") }}' || lpad(to_hex({{ song }}), 16, '0')
{%- endmacro %}

{#- What gives songs of schema `live` the order of their song_id: as unsigned integers, negative ones come last. -#}
{% macro live_song_order(song) -%}
    {{ song }} < 0, {{ song }}
{%- endmacro %}
