{#- Length of a window. A day is 24 hours: windows are UTC, and an interval of hours does not ask for the session's zone. -#}
{% macro window_length(grain='grain') -%}
    case {{ grain }} when 'hour' then interval '1 hour' else interval '24 hours' end
{%- endmacro %}
