{#-
    Whether enough people listened to a song in a window for its counts to be shown: CHARTS_MINIMUM_LISTENERS distinct listeners
    with an eligible play, of that window and region, `global` included. The one home of the rule: charts are ranked from
    songs with an audience, and the views of schema `charts` show nothing else. 1 shows every song.
-#}
{% macro has_audience(song) -%}
    {%- if minimum_listeners() > 1 -%}
    {{ song }}.listeners >= {{ minimum_listeners() }}
    {%- else -%}
    true
    {%- endif -%}
{%- endmacro %}

{% macro minimum_listeners() -%}
    {{ return(env_var('CHARTS_MINIMUM_LISTENERS', '5') | int) }}
{%- endmacro %}

{#- A window's totals over the songs that are shown, and whether any other song was received. -#}
{% macro shown_totals(counts) -%}
    count(*) filter (where {{ counts }}.plays > 0 and {{ has_audience(counts) }}) as shown_songs,
        cast(coalesce(sum({{ counts }}.plays) filter (where {{ has_audience(counts) }}), 0) as bigint) as shown_plays,
        count(*) filter (where not ({{ has_audience(counts) }})) > 0 as withheld
{%- endmacro %}

{#- The counters beside `plays` of a revision, empty where they would tell of songs that are not shown. -#}
{% macro uncounted_if_shown(revisions) -%}
    {%- for counter in uncounted() %}
    case when not {{ revisions }}.withheld then {{ revisions }}.{{ counter }} end as {{ counter }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
