"""``python -m ingest.keys create|revoke|list``: give out write keys and take them back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from ingest.access.key_file import TooManyKeysError, add_key, read_keys, revoke_keys
from ingest.plays.refusals import explain
from ingest.settings import Settings


def run(arguments: Sequence[str], path: Path) -> int:
    """Do what ``arguments`` say to the key file at ``path``; the exit status."""
    asked = _read(arguments)
    try:
        if asked.action == "create":
            return _create(path, asked)
        if asked.action == "revoke":
            return _revoke(path, asked.name, asked.id)
        return _list(path)
    except ValidationError as error:
        return _complain("; ".join(str(refusal) for refusal in explain(error)))
    except TooManyKeysError as error:
        return _complain(str(error))


def _create(path: Path, asked: argparse.Namespace) -> int:
    key = add_key(path, asked.name, asked.listener, asked.region, imports=asked.imports)
    print("This key is shown once; ingest keeps only its hash.", file=sys.stderr)
    print(key)
    return 0


def _revoke(path: Path, name: str | None, key_id: str | None) -> int:
    revoked = revoke_keys(path, name=name, key_id=key_id)
    if not revoked:
        return _complain("there is no such key")
    print(f"{revoked} revoked")
    return 0


def _list(path: Path) -> int:
    for key in read_keys(path).keys:
        imports = "imports" if key.imports else "-"
        print(key.id, key.name, key.listener or "-", key.region or "-", imports, key.created.isoformat())
    return 0


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest.keys", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create", help="make a key and print it once")
    create.add_argument("--name", required=True, help="whose key it is")
    whose_plays = create.add_mutually_exclusive_group(required=True)
    whose_plays.add_argument("--listener", help="every play is this listener's")
    whose_plays.add_argument("--unbound", action="store_true", help="the client says whose play it is")
    create.add_argument("--region", help="every play is from this region")
    create.add_argument("--imports", action="store_true", help="plays may be of any age")
    revoke = actions.add_parser("revoke", help="forget one key or all of a name")
    whose = revoke.add_mutually_exclusive_group(required=True)
    whose.add_argument("--name", help="forget every key of this name")
    whose.add_argument("--id", help="forget the key with this id")
    actions.add_parser("list", help="show id, name, listener, region, imports and time of each key")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], Settings().ingest_key_file))
