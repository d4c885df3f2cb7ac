"""Prints the OpenAPI document, from which the dashboard's types are made.

Run it with ``python -m api.openapi``.
"""

from __future__ import annotations

import json
import sys

from api.app import describe_app


def write_document() -> str:
    """The document as JSON, indented, with a line end; the same for the same code."""
    return json.dumps(describe_app().openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_document())
