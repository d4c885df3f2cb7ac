"""Forms as Last.fm's protocols post them: indexed fields such as ``artist[0]`` or ``a[0]``."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from ingest.short_cut import read_body

Fields = dict[str, str]
MAXIMUM_FIELDS: Final = 20_000
_INDEXED: Final = re.compile(r"([A-Za-z]+)\[([0-9]{1,4})\]")


async def read_form(request: Request) -> Fields:
    """Return the fields of the query and of the body; a body that is not a form has none."""
    body = await read_body(request.receive)
    try:
        posted = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAXIMUM_FIELDS)
    except ValueError:
        posted = []
    return {**request.query_params, **dict(posted)}


def split_items(fields: Fields) -> dict[int, Fields]:
    """Return the items of a form by their index; fields without an index are those of item 0."""
    items: dict[int, Fields] = {}
    for name, value in fields.items():
        indexed = _INDEXED.fullmatch(name)
        index = int(indexed[2]) if indexed else 0
        items.setdefault(index, {})[indexed[1] if indexed else name] = value
    return dict(sorted(items.items()))
