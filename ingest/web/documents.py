"""Bodies as JSON documents, in which no object names a member twice.

Of two members with one name a parser keeps the last, so one of them would be lost unnoticed.
"""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic_core import from_json

_LINE_SPACE: Final = (b"\t", b"\n", b"\r")


def parse_document(body: bytes) -> object:
    """The document in a body; raises ``ValueError`` for anything else and for a repeated name."""
    document = from_json(body)
    refuse_repeated_names(body, count_names(document))
    return document


def count_names(value: object) -> int:
    """How many members all objects in a parsed document have."""
    if isinstance(value, dict):
        return len(value) + sum(count_names(one) for one in value.values() if isinstance(one, (dict, list)))
    if isinstance(value, list):
        return sum(map(count_names, value))
    return 0


def refuse_repeated_names(body: bytes, names: int) -> None:
    """Raise ``ValueError`` when the JSON in ``body``, parsed to ``names`` members, had more."""
    # Where every colon follows its name at once, counting settles it; reading again is for the rest.
    if body.count(b'":') != names or _may_space_a_colon(body):
        json.loads(body, object_pairs_hook=_unique)


def _may_space_a_colon(body: bytes) -> bool:
    # One byte is found ten times as fast as two, and of the four only the space is usual.
    return (b" " in body and b" :" in body) or any(space in body and space + b":" in body for space in _LINE_SPACE)


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(members)
    if len(document) < len(members):
        raise ValueError("a name is used twice in one object")
    return document
