"""What must not become a play is refused by name, or kept with a reason, and the line goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from confluent_kafka import Message, Producer

from tests.e2e.hostile_bodies import NO_PLAYS, REFUSED_FIELDS
from tests.e2e.lake_rows import Coordinates, read_coordinates, read_malformed
from tests.e2e.line import Line
from tests.e2e.line_accounts import read_accounts
from tests.e2e.posting import must_equal_the_truth, post_good_play
from tests.ingest.builders import recorded_play
from tests.whole_stack import WholeStack

MALFORMED: dict[str, tuple[bytes | None, str]] = {
    "nothing": (None, "play: not_json"),
    "no text": (b"\xff\xfe\x00", "play: not_json"),
    "no object": (b"[1, 2, 3]", "play: not_an_object"),
    "no title": (recorded_play().to_value().replace(b'"title"', b'"titel"'), "title: missing"),
    "no region of this world": (recorded_play().to_value().replace(b'"GB"', b'"ZZ"'), "region: unknown_region"),
}


def produce(line: Line, value: bytes | None) -> Coordinates:
    """Write a value straight to Kafka, past ingest; where it came to lie."""
    delivered: list[Message] = []
    producer = Producer({**line.settings.kafka_as("ingest").librdkafka_options(), "acks": "all"})

    def keep(error: Any, message: Message) -> None:
        delivered.append(message)

    producer.produce(line.settings.kafka_topic, value, on_delivery=keep)
    assert producer.flush(30) == 0
    partition, offset = delivered[0].partition(), delivered[0].offset()
    assert partition is not None
    assert offset is not None
    return partition, offset


def test_malformed_values_in_kafka_are_kept_with_a_reason_and_the_line_goes_on(whole_stack: WholeStack) -> None:
    line = whole_stack.line
    before = read_accounts(line)
    written = {produce(line, value): (value, problem) for value, problem in MALFORMED.values()}
    post_good_play(whole_stack)
    line.wait_until_settled(datetime.now(UTC))

    kept = read_malformed(line)
    for place, (value, problem) in written.items():
        assert (kept[place]["value"], kept[place]["problem"]) == (value, problem)
    assert set(written) <= set(read_coordinates(line, "silver/rejected_plays"))
    accounts = read_accounts(line).since(before)
    assert (accounts.received, accounts.malformed, accounts.counted) == (len(written) + 1, len(written), 1)
    must_equal_the_truth(whole_stack)


def test_hostile_bodies_are_refused_by_name_and_the_line_goes_on(whole_stack: WholeStack) -> None:
    line = whole_stack.line
    before = read_accounts(line)
    for name, (body, field) in REFUSED_FIELDS.items():
        answer = line.post(body)
        named = {error["field"] for error in answer.json()["errors"]}
        assert (name, answer.status_code, named) == (name, 422, {field})
    for name, (body, status, code) in NO_PLAYS.items():
        answer = line.post(body)
        assert (name, answer.status_code, answer.json()["code"]) == (name, status, code)
    post_good_play(whole_stack)
    line.wait_until_settled(datetime.now(UTC))
    assert read_accounts(line).since(before).published == 1
    must_equal_the_truth(whole_stack)
