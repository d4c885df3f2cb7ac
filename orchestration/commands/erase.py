"""For an operator: have a listener erased, and show the receipt.

The listener is hashed at once; everything else speaks of the request by its id. "-" reads the listener from
the standard input, which leaves no trace in the shell's history.
"""

from __future__ import annotations

import argparse
import logging
import sys
from uuid import UUID

import psycopg
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from ingest.play import hash_listener
from orchestration.commands.run_deployment import run_to_its_end
from orchestration.corrections.erasure_requests import UnknownRequestError, make_request, read_request
from orchestration.settings import OrchestrationSettings

log = logging.getLogger("erase")
DEPLOYMENT = "erase_listener/erase-listener"


class ListenerSettings(BaseSettings):
    """The key that hashes listeners; only this command of orchestration needs it."""

    user_id_secret: SecretStr

    def hash(self, listener: str) -> str:
        """A listener as the lake knows them."""
        return hash_listener(listener, self.user_id_secret.get_secret_value().encode())


def main() -> None:
    """Make a request, or find one by its id, wait until it is carried out, and print the receipt."""
    parser = argparse.ArgumentParser(prog="make erase", description=__doc__)
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("listener", nargs="?", metavar="LISTENER", help="the plain id, as clients post it")
    chosen.add_argument("--request", type=UUID, help="the id of a request: carry it on, or show its receipt")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = OrchestrationSettings()
    with psycopg.connect(settings.loader_conninfo, autocommit=True) as postgres:
        request_id = arguments.request or make_request(postgres, ListenerSettings().hash(_read(arguments.listener)))
        try:
            _carry_out(postgres, request_id)
        except UnknownRequestError as unknown:
            raise SystemExit(f"erase: {unknown}") from unknown
        except KeyboardInterrupt:
            raise SystemExit(
                f"erase: the request goes on without us; make erase REQUEST={request_id} shows it"
            ) from None


def _read(listener: str) -> str:
    return sys.stdin.readline().rstrip("\n") if listener == "-" else listener


def _carry_out(postgres: psycopg.Connection, request_id: UUID) -> None:
    log.info("request %s", request_id)
    if read_request(postgres, request_id).erased_at is None:
        run_to_its_end(DEPLOYMENT, {"request_id": str(request_id)})
    for line in read_request(postgres, request_id).describe():
        log.info("%-26s %-50s gone by %s", line["where"], line["what"], line["gone by"])


if __name__ == "__main__":
    main()
