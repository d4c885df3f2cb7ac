"""For an operator: take the plays of a write key out of all charts, or bring them back.

KEY is an id or a name of `python -m ingest.keys list`; a name stands for each of its keys. Revoke the key too: its
plays are accepted otherwise, and not counted. Settling pauses for that time.
"""

from __future__ import annotations

import argparse
import logging
import re
from pathlib import Path

from pydantic_settings import BaseSettings

from ingest.access.key_file import read_keys
from orchestration.commands.run_deployment import read_outcome, run_to_its_end

DEPLOYMENT = "withdraw_key/withdraw-key"
_ID = re.compile(r"[0-9a-f]{8}|local")
log = logging.getLogger("withdraw")


class KeySettings(BaseSettings):
    """Where the names of keys are."""

    ingest_key_file: Path


def find_key_ids(key: str, path: Path) -> list[str]:
    """Return the ids of the keys that an id or a name stands for; an id may be of a key that was revoked since."""
    named = [one.id for one in read_keys(path).keys if key in (one.name, one.id)]
    return named or ([key] if _ID.fullmatch(key) else [])


def main() -> None:
    """Run the deployment for each key, wait, and print the receipt."""
    parser = argparse.ArgumentParser(prog="make withdraw", description=__doc__)
    parser.add_argument("key", metavar="KEY", help="the id or the name of a key; local is INGEST_KEY")
    parser.add_argument("--undo", action="store_true", help="count its plays again")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    found = find_key_ids(arguments.key, KeySettings().ingest_key_file)
    if not found:
        raise SystemExit(
            f"withdraw: no key has the name {arguments.key}, and it is no id; `python -m ingest.keys list` has both"
        )
    for key_id in found:
        try:
            run = run_to_its_end(DEPLOYMENT, {"key_id": key_id, "undo": arguments.undo})
        except KeyboardInterrupt:
            raise SystemExit("withdraw: the run goes on; its receipt will be the artifact “withdrawal”") from None
        for line in read_outcome(run):
            log.info("%(what)s: %(found)s", line)


if __name__ == "__main__":
    main()
