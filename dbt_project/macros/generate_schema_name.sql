{#- A model's schema is the one it names, without a prefix: readers are granted `charts` by that name. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
