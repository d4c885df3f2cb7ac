"""Codes: a closed list, told to clients in full."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.play import Play, SubmittedPlay
from ingest.plays.refusals import LONGEST_FIELD_NAME, Code, explain
from ingest.web.problems import ProblemCode
from tests.examples import read_examples
from tests.ingest.builders import play_body

GUIDE = Path(__file__).parents[3] / "docs" / "api-ingest.md"


@pytest.mark.parametrize("code", [*Code, *ProblemCode])
def test_every_code_is_in_the_guide(code: str) -> None:
    assert f"`{code}`" in GUIDE.read_text()


def test_every_code_of_a_field_has_an_example() -> None:
    examples = [*read_examples("submitted"), *read_examples("recorded")]
    shown = {code for one in examples for code in one.refused.values()}
    # Two are limits of keys, not of plays.
    assert shown == set(Code) - {Code.NOT_JSON, Code.TOO_OLD, Code.TOO_MANY_LISTENERS}


def test_the_name_of_an_unknown_field_is_cut() -> None:
    with pytest.raises(ValidationError) as refused:
        SubmittedPlay.model_validate(play_body(**{"x" * 5_000: 1}))
    (refusal,) = explain(refused.value)
    assert (refusal.field, refusal.code) == ("x" * LONGEST_FIELD_NAME, "unknown_field")


def test_values_exchanged_at_random_are_always_explained() -> None:
    values: list[object] = [None, True, 0, -1, 10**40, 0.5, "", "x", "\x00", "é" * 600, [], [{}], {}, {"name": 1}]
    chance = random.Random(1)
    for _ in range(2_000):
        for model in (SubmittedPlay, Play):
            play = {field: chance.choice(values) for field in model.model_fields}
            with pytest.raises(ValidationError) as refused:
                model.model_validate(play)
            assert explain(refused.value)
