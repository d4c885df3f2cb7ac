"""Forms as Last.fm's protocols post them: indexed fields such as ``artist[0]`` or ``a[0]``."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from ingest.web.fast_path import read_body

Fields = dict[str, str]
MAXIMUM_FIELDS: Final = 20_000
_INDEXED: Final = re.compile(r"([A-Za-z]+)\[([0-9]{1,4})\]")


async def read_form(request: Request) -> Fields:
    """Return the fields of the query and of the body; a body that is not a form has none."""
    body = await read_body(request.receive)
    return {**request.query_params, **_parse(body.decode("latin-1"))}


def _parse(form: str) -> Fields:
    """Return the fields of a form: UTF-8, or what old players for Windows write instead."""
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            # What is not escaped is decoded like what is.
            text = form.encode("latin-1").decode(encoding)
            return dict(parse_qsl(text, True, encoding=encoding, errors="strict", max_num_fields=MAXIMUM_FIELDS))
        except UnicodeDecodeError:
            continue
        except ValueError:
            break
    return {}


def split_items(fields: Fields) -> dict[int, Fields]:
    """Return the items of a form by their index; fields without an index are those of item 0."""
    items: dict[int, Fields] = {}
    for name, value in fields.items():
        indexed = _INDEXED.fullmatch(name)
        index = int(indexed[2]) if indexed else 0
        items.setdefault(index, {})[indexed[1] if indexed else name] = value
    return dict(sorted(items.items()))
