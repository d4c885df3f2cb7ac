{#-
    The materialization of views, in place of dbt's own, which drops a view with all that read it and makes it again: here it is
    replaced where it stands, so that readers never miss it. Only one whose columns change, other than by new ones at its end,
    is dropped; the views that read it are made again after it.
-#}
{% materialization view, adapter='postgres' %}

    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set existing_relation = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% if existing_relation is not none and not keeps_columns(existing_relation, sql) %}
        {% do adapter.drop_relation(existing_relation) %}
    {% endif %}
    {% if config.get('contract').enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
    {% call statement('main') %}
        create or replace view {{ target_relation }} as (
            {{ sql }}
        )
    {% endcall %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}

    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}

{#- Whether the query has the columns of the view in the same order, perhaps with others after them. -#}
{% macro keeps_columns(existing_relation, query) -%}
    {%- if not existing_relation.is_view %}{{ return(false) }}{% endif -%}
    {%- set before = get_column_schema_from_query('select * from ' ~ existing_relation) -%}
    {%- set after = get_column_schema_from_query(query) -%}
    {%- set kept = namespace(all=before | length <= after | length) -%}
    {%- for column in before if kept.all -%}
        {%- set kept.all = column.name == after[loop.index0].name and column.data_type == after[loop.index0].data_type -%}
    {%- endfor -%}
    {{ return(kept.all) }}
{%- endmacro %}
