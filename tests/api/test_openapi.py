"""The document that clients and the dashboard's types are made from."""

from __future__ import annotations

import json

from starlette.testclient import TestClient

from api.openapi import write_document


def test_the_printed_document_is_the_served_one(client: TestClient) -> None:
    assert json.loads(write_document()) == client.get("/openapi.json").json()


def test_every_reference_leads_somewhere() -> None:
    document = write_document()
    schemas = json.loads(document)["components"]["schemas"]
    references = {part.split('"')[0] for part in document.split("#/components/schemas/")[1:]}
    assert references
    assert references <= set(schemas)


def test_operations_are_named_and_their_problems_described() -> None:
    paths = json.loads(write_document())["paths"]
    operations = {path: methods["get"] for path, methods in paths.items()}
    names = [operation["operationId"] for operation in operations.values()]
    assert len(set(names)) == len(names)
    chart = operations["/charts/hourly"]["responses"]
    assert {"200", "304", "404", "422", "503"} == set(chart)
    assert set(chart["200"]["content"]) == {"application/json", "text/csv"}
    assert set(chart["404"]["content"]) == {"application/problem+json"}


def test_words_with_a_closed_list_are_enums() -> None:
    schemas = json.loads(write_document())["components"]["schemas"]
    assert schemas["Movement"]["enum"] == ["new", "re_entry", "up", "down", "same"]
    assert schemas["WindowStatus"]["enum"] == ["provisional", "final"]
    assert schemas["Grain"]["enum"] == ["hour", "day"]
    assert schemas["StageStatus"]["enum"] == ["ok", "late", "down"]


def test_the_example_of_a_chart_has_the_fields_of_a_chart() -> None:
    schemas = json.loads(write_document())["components"]["schemas"]
    example = schemas["ChartWithEntries"]["example"]
    assert set(example["chart"]) == set(schemas["Chart"]["properties"])
    assert set(example["entries"][0]) == set(schemas["Entry"]["properties"])
