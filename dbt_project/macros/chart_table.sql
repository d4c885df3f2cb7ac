{#-
    The materialization of the published tables.

    A table that does not exist is made empty, from its contract: columns, constraints, indexes. One that exists is kept, also
    under --full-refresh: it holds the revisions, which counts alone cannot give back. `settled_windows` alone writes
    (`config(publishes=true)`): former revisions, causes, the slices of both charts and what windows were counted from, as its pre-hooks, and its
    own rows, in one transaction. A table with `config(fills=true)` that is made beside charts that exist starts with its query's rows.
-#}
{% materialization chart_table, adapter='postgres' %}

    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set is_missing = load_cached_relation(this) is none -%}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% if is_missing %}
        {% call statement('main') %}
            create table {{ target_relation }} {{ get_table_columns_and_constraints() }}
        {% endcall %}
        {% do create_indexes(target_relation) %}
        {% if config.get('fills') %}
            {% call statement('fill') %}
                insert into {{ target_relation }} ({{ model.columns.keys() | join(', ') }}) {{ sql }}
            {% endcall %}
        {% endif %}
        {% do persist_docs(target_relation, model) %}
        {% do adapter.commit() %}
    {% elif config.get('publishes') and round_is_built() %}
        {% call statement('main') %}
            {{ upsert(target_relation, sql, model.columns.keys() | list, config.require('unique_key')) }}
        {% endcall %}
        {{ run_hooks(post_hooks, inside_transaction=True) }}
        {% do adapter.commit() %}
    {% else %}
        {% if round_is_built() %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
        {% do store_raw_result(name='main', message='kept', code='kept', rows_affected='-1') %}
    {% endif %}

    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}
