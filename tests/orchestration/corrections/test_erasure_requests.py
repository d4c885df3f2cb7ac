"""A request to erase names its listener until it is done, and never afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from orchestration.corrections.erasure_requests import (
    UnknownRequestError,
    forget_listener,
    make_request,
    note_removed,
    read_request,
)

Loader = psycopg.Connection[Any]
HASH = "ab" * 32
FILES, KAFKA = datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)


def test_asking_twice_is_one_request_until_it_is_done(loader: Loader) -> None:
    first = make_request(loader, HASH)
    assert make_request(loader, HASH) == first
    forget_listener(loader, first, 2, FILES, KAFKA)
    assert make_request(loader, HASH) != first


def test_the_receipt_says_what_went_and_when_the_rest_is_gone_and_not_whose_it_was(loader: Loader) -> None:
    request = make_request(loader, HASH)
    note_removed(loader, request, 5, 3, 2)
    # A second try finds less; what the first found stands.
    note_removed(loader, request, 0, 0, 0)
    forget_listener(loader, request, 4, FILES, KAFKA)
    receipt = read_request(loader, request)
    assert receipt.user_id is None
    lines = {line["where"]: (line["what"], line["gone by"]) for line in receipt.describe()}
    assert lines["bronze.plays"][0] == "5 rows became tombstones"
    assert lines["silver.plays"][0] == "3 plays deleted"
    assert lines["silver.rejected_plays"][0] == "2 rows deleted"
    assert lines["former files of the lake"][1] == "2026-11-22 17:00 UTC"
    assert lines["Kafka"][1] == "2026-11-29 00:00 UTC"


def test_a_request_that_nobody_made_is_named(loader: Loader) -> None:
    with pytest.raises(UnknownRequestError, match="there is no request"):
        read_request(loader, uuid4())


def test_only_a_keyed_hash_is_taken(loader: Loader) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        make_request(loader, "ana")
