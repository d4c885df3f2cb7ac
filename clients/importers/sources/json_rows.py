"""Rows of JSON files: a list, lists inside an object, or one value a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from clients.importers.rows import BrokenFileError, Row
from clients.importers.sources.json_text import LONGEST_VALUE, JsonText

LISTS: Final = ("track", "scrobbles", "listens", "payload", "plays", "items", "data", "tracks")
"""Members whose list holds the rows: of the file's object, or of a page in the file's list."""
OBJECTS: Final = ("recenttracks", "payload", "data")
"""Members whose object holds such a list."""
LINES_SUFFIXES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def is_in_lines(start: str, name: str) -> bool:
    """Return whether a file of this name that begins with ``start`` has one JSON value on each line."""
    if not start.startswith("{"):
        return False
    if name.lower().endswith(LINES_SUFFIXES):
        return True
    first, _, rest = start.partition("\n")
    try:
        value = json.loads(first)
    except ValueError:
        return False
    if any(isinstance(value.get(member), list) for member in LISTS) or set(value) & set(OBJECTS):
        return False
    return bool(rest.strip()) or not any(_is_list_of_rows(one) for one in value.values())


def _is_list_of_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def read_json_lines(text: IO[str]) -> Iterator[Row]:
    """Return the value of each line, or that the line is not JSON."""
    for number, line in enumerate(iter(lambda: text.readline(LONGEST_VALUE), ""), 1):
        written = line.strip("\ufeff \t\r\n\x00")
        if not written:
            continue
        try:
            yield Row(number, json.loads(written))
        except (ValueError, RecursionError):
            yield Row(number, written[:80], "the line is not JSON")


def read_json_document(text: IO[str]) -> Iterator[Row]:
    """Return the rows of a JSON document with their number; raises ``BrokenFileError`` where it breaks off."""
    for number, value in enumerate(_walk(JsonText(text)), 1):
        yield Row(number, value)


def _walk(text: JsonText) -> Iterator[Any]:
    first = text.peek()
    if first == "[":
        yield from _walk_list(text)
    elif first == "{":
        yield from _walk_object(text)
    else:
        raise BrokenFileError("the file holds no JSON list or object")


def _walk_list(text: JsonText) -> Iterator[Any]:
    text.expect("[")
    for value in _read_rest(text):
        yield from _unfold(value)


def _read_rest(text: JsonText) -> Iterator[Any]:
    """The values of a list that was begun."""
    while not text.skip("]"):
        yield text.read_value()
        if text.peek() != "]":
            text.expect(",")


def _walk_object(text: JsonText) -> Iterator[Any]:
    """The rows of the members that hold rows; an object without such a member is a row itself.

    A list of objects holds rows whatever it is called.
    """
    text.expect("{")
    others: dict[str, Any] = {}
    has_rows = False
    while not text.skip("}"):
        member = text.read_value()
        text.expect(":")
        if (member in LISTS and text.peek() == "[") or (member in OBJECTS and text.peek() == "{"):
            has_rows = True
            yield from _walk(text)
        elif text.skip("["):
            is_rows = text.peek() == "{"
            has_rows |= is_rows
            others[member] = [] if is_rows else list(_read_rest(text))
            yield from _read_rest(text) if is_rows else ()
        else:
            others[member] = text.read_value()
        if text.peek() != "}":
            text.expect(",")
    if others and not has_rows:
        yield others


def _unfold(value: Any) -> Iterator[Any]:
    """A value of a list: a row, or a page of rows."""
    if isinstance(value, list):
        for one in value:
            yield from _unfold(one)
        return
    pages = (
        [value[member] for member in LISTS if isinstance(value.get(member), list)] if isinstance(value, dict) else []
    )
    yield from (row for page in pages[:1] for row in page)
    if not pages:
        yield value
