"""Columns of tables, as SQL and dbt's YAML declare them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from sqlglot import expressions

from local.environment import ROOT

DBT_PROJECT = ROOT / "dbt_project"
TYPES = {"timestamp with time zone": "TIMESTAMPTZ", "integer": "INT", "double precision": "DOUBLE"}


def columns_in_sql(text: str) -> dict[str, dict[str, str]]:
    """For each ``create table`` the types of its columns by name, in order."""
    found: dict[str, dict[str, str]] = {}
    for statement in re.findall(r"create table.*?;", text, re.DOTALL):
        table = sqlglot.parse_one(statement, read="postgres")
        columns = {one.name: one.args["kind"].sql("postgres") for one in table.find_all(expressions.ColumnDef)}
        like = table.find(expressions.LikeProperty)
        found[table.find(expressions.Table).name] = found[like.this.name] if like else columns  # type: ignore[union-attr]
    return found


def columns_of_counts(migrations: Iterable[Path]) -> dict[str, dict[str, str]]:
    """The columns of the tables of schema ``counts`` after these migrations, which may drop columns of earlier ones."""
    text = "\n".join(file.read_text() for file in migrations)
    found = columns_in_sql("\n".join(re.findall(r"create table (?:if not exists )?counts\..*?;", text, re.DOTALL)))
    for table, changes in re.findall(r"alter table counts\.(\w+)(.*?);", text, re.DOTALL):
        for column in re.findall(r"drop column (\w+)", changes):
            del found[table][column]
    return found


def contract(model: str, room: str = "marts") -> dict[str, dict[str, Any]]:
    """The columns of a model by name, in order, as its contract has them."""
    described = read_yaml(DBT_PROJECT / "models" / room / f"{model}.yml")["models"][0]
    assert described["name"] == model
    return {column["name"]: column for column in described["columns"]}


def contract_types(model: str) -> dict[str, str]:
    """The types of a mart's columns, spelled as :func:`columns_in_sql` spells them."""
    return {
        name: TYPES.get(column["data_type"], column["data_type"].upper()) for name, column in contract(model).items()
    }


def checks(column: dict[str, Any]) -> str:
    """The conditions that a contract puts on a column, joined."""
    return " ".join(one.get("expression", "") for one in column.get("constraints", ()))


def read_yaml(path: Path) -> dict[str, Any]:
    """One YAML file."""
    content: dict[str, Any] = yaml.safe_load(path.read_text())
    return content
