"""The document that clients and the dashboard's types are made from."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from api.openapi import write_document


def check_answer(answer: Any, schema: dict[str, Any]) -> None:
    """Raise when an answer is not of its schema."""
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)


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
    assert {"200", "304", "404", "410", "422", "503"} == set(chart)
    assert set(chart["200"]["content"]) == {"application/json", "text/csv"}
    assert set(chart["404"]["content"]) == {"application/problem+json"}


def json_answers() -> dict[str, str]:
    """The schema of each route that answers JSON, by path."""
    paths = json.loads(write_document())["paths"]
    contents = {path: methods["get"]["responses"]["200"].get("content", {}) for path, methods in paths.items()}
    references = {path: content.get("application/json", {}).get("schema", {}) for path, content in contents.items()}
    return {path: one["$ref"].rpartition("/")[2] for path, one in references.items() if "$ref" in one}


def test_every_answer_has_an_example_that_is_one() -> None:
    schemas = json.loads(write_document())["components"]["schemas"]
    answers = {path: name for path, name in json_answers().items() if path not in {"/healthz", "/readyz"}}
    assert len(answers) >= 10
    for path, name in answers.items():
        schema = {**schemas[name], "components": {"schemas": schemas}}
        check_answer(schemas[name]["example"], schema)
        assert set(schemas[name]["example"]) == set(schemas[name]["properties"]), path


def test_every_question_is_described() -> None:
    for path, methods in json.loads(write_document())["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            told = parameter.get("description") or "$ref" in parameter["schema"]
            assert told, (path, parameter["name"])


def test_what_may_be_kept_may_be_304() -> None:
    paths = json.loads(write_document())["paths"]
    kept = {path for path, methods in paths.items() if "304" in methods["get"]["responses"]}
    assert kept == {
        "/charts/hourly",
        "/charts/daily",
        "/charts/{grain}/revisions",
        "/charts/{grain}/explain",
        "/charts/{grain}/leaders",
        "/charts/{grain}/number-ones",
        "/charts/{grain}/feed",
        "/charts/{grain}/card",
        "/embed",
        "/oembed",
        "/search",
        "/songs/{song_id}/placements",
        "/songs/{song_id}/history",
        "/regions",
        "/windows",
        "/reconciliation",
    }


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
