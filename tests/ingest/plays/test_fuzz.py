"""No body gets a 5xx or brings a value into Kafka that the model would refuse."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.app import create_app
from ingest.play import Play, identify_song
from ingest.web.problems import ProblemCode
from tests.ingest.builders import LOCAL_KEY, ingest_settings
from tests.ingest.direct import Answer, ask
from tests.ingest.mutations import DOORS, Case, make_cases
from tests.ingest.plays.test_submit import HOSTILE
from tests.ingest.publishers import MemoryPublisher

CODES = set(ProblemCode) - {ProblemCode.INTERNAL_ERROR}


def accepted_by(case: Case, answer: Answer) -> int:
    """How many plays the answer says are stored; anything that is no answer of ingest is an error."""
    content = answer.read()
    if case.path.startswith("/1/"):
        assert answer.status == 200 or content["code"] == answer.status
        return count_listens(case.plain) - count_left_out(content) if answer.status == 200 else 0
    if "items" in content:
        return int(content["accepted"])
    assert answer.status == 202 or content["code"] in CODES
    return int(answer.status == 202)


def count_listens(body: bytes) -> int:
    submission = json.loads(body)
    return 0 if submission["listen_type"] == "playing_now" else len(submission["payload"])


def count_left_out(content: dict[str, Any]) -> int:
    """How many listens of an accepted import the answer names as left out."""
    return len({error["field"].split(".")[1] for error in content.get("errors", [])})


async def post_all(cases: list[Case], folder: Path) -> tuple[Counter[int], list[bytes]]:
    """The statuses, and every value that went on; each request is checked on its way."""
    publisher = MemoryPublisher()
    app = create_app(ingest_settings(folder, ingest_rate_limit_plays=10**9), publisher)
    statuses: Counter[int] = Counter()
    for case in cases:
        before = len(publisher.messages)
        headers = {"Authorization": f"Token {LOCAL_KEY}"} | (
            {"Content-Encoding": case.encoding} if case.encoding else {}
        )
        answer = await ask(app, case.path, case.body, headers)
        assert answer.status < 500, case
        assert accepted_by(case, answer) == len(publisher.messages) - before, case
        statuses[answer.status] += 1
    return statuses, [value for _, value in publisher.messages]


def assert_canonical(value: bytes) -> None:
    play = Play.model_validate_json(value)
    assert play.to_value() == value
    assert identify_song(play.title, play.artist).startswith("s2_")


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 1_500), pytest.param(2, 60_000, marks=[pytest.mark.faults, pytest.mark.timeout(3_600)])]
)
def test_mutated_bodies_are_answered_and_only_plays_go_on(seed: int, count: int, tmp_path: Path) -> None:
    cases = list(make_cases(seed, count))
    statuses, values = asyncio.run(post_all(cases, tmp_path))
    for value in values:
        assert_canonical(value)
    assert statuses.total() == count
    # Worth something only when all kinds of verdicts come out.
    assert {200, 202, 207, 400, 415, 422} <= set(statuses)
    assert len(values) > count / 20
    print(f"{count} cases: {dict(sorted(statuses.items()))}, {len(values)} plays went on")  # noqa: T201


@pytest.mark.parametrize("path", DOORS)
def test_hostile_bodies_are_refused_by_every_door(path: str, tmp_path: Path) -> None:
    cases = [Case(path, body, None, body) for body in HOSTILE.values()]
    cases += [dataclasses.replace(case, encoding="gzip") for case in cases]
    statuses, values = asyncio.run(post_all(cases, tmp_path))
    assert set(statuses) <= {400, 413, 422}
    assert not values
