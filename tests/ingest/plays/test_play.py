"""The model: what it accepts, what it refuses, and the identities it derives."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

import ingest
from ingest.play import (
    Play,
    SubmittedPlay,
    derive_play_id,
    hash_listener,
    identify_song,
    record_play,
)
from ingest.plays.refusals import explain
from tests.examples import Example, read_examples
from tests.ingest.builders import KEY_ID, SECRET, play_body, recorded_play


def judge(model: type[BaseModel], example: Example) -> dict[str, str]:
    try:
        model.model_validate_json(example.to_json())
    except ValidationError as error:
        return {refusal.field: refusal.code for refusal in explain(error)}
    return {}


@pytest.mark.parametrize("example", read_examples("submitted"), ids=lambda one: one.name)
def test_a_submitted_example_is_judged_as_its_file_says(example: Example) -> None:
    assert judge(SubmittedPlay, example) == example.refused


@pytest.mark.parametrize("example", read_examples("recorded"), ids=lambda one: one.name)
def test_a_recorded_example_is_judged_as_its_file_says(example: Example) -> None:
    assert judge(Play, example) == example.refused


def test_examples_cover_every_field_from_both_sides() -> None:
    sides = ((read_examples("submitted"), SubmittedPlay), (read_examples("recorded"), Play))
    for examples, model in sides:
        refused = {name.split(".")[0] for one in examples for name in one.refused}
        assert set(model.model_fields) <= refused
        assert any(not one.refused for one in examples)


def test_a_play_an_hour_ahead_of_the_clock_is_too_late() -> None:
    near, far = (datetime.now(UTC) + timedelta(minutes=m) for m in (59, 61))
    SubmittedPlay.model_validate(play_body(played_at=near.isoformat()))
    with pytest.raises(ValidationError) as refused:
        SubmittedPlay.model_validate(play_body(played_at=far.isoformat()))
    assert explain(refused.value)[0].code == "too_late"


# Each row: what a client may write, and the literal text whose SHA-256 is the identity.
SPELLINGS = [
    ("Blue Train", "John Coltrane", "john coltrane\x1fblue train"),
    ("  BLUE\t\n TRAIN ", "john  coltrane", "john coltrane\x1fblue train"),
    ("Blue\u00a0Train", "John\u3000Coltrane", "john coltrane\x1fblue train"),
    ("Ｂｌｕｅ　Ｔｒａｉｎ", "Ｊｏｈｎ Ｃｏｌｔｒａｎｅ", "john coltrane\x1fblue train"),
    ("Straße", "Die Ärzte", "die ärzte\x1fstrasse"),
    ("STRASSE", "DIE ÄRZTE", "die ärzte\x1fstrasse"),
    ("STRAẞE", "die a\u0308rzte", "die ärzte\x1fstrasse"),
    ("ﬁre", "ﬀ", "ff\x1ffire"),
    ("FIRE", "FF", "ff\x1ffire"),
    ("ﾊﾛｰ", "ｶﾞﾝ", "ガン\x1fハロー"),
    ("ハロー", "ガン", "ガン\x1fハロー"),
    ("Cafe\u0301", "Beyonce\u0301", "beyonc\u00e9\x1fcaf\u00e9"),
    ("CAF\u00c9", "BEYONC\u00c9", "beyonc\u00e9\x1fcaf\u00e9"),
    ("🎷 Solo", "👩\u200d🎤", "👩🎤\x1f🎷 solo"),
    ("ΣΊΣΥΦΟΣ", "ς", "σ\x1fσίσυφοσ"),
    ("a\x1fb", "c", "c\x1fa b"),
    ("Rock ’n´ `Roll‘", "M′s", "m's\x1frock 'n' 'roll'"),
    ("“Heroes” „Helden“", "«B»", '"b"\x1f"heroes" "helden"'),
    ("One\u2010Two\u2015Three\u2212Four", "a\u2013b", "a-b\x1fone-two-three-four"),
    ("So\u00adft\u200b", "\ufeffx\u034f", "x\x1fsoft"),
    ("e\u034f\u0301", "\u1ffd", "'\x1f\u00e9"),
]


@pytest.mark.parametrize(("title", "artist", "normalised"), SPELLINGS)
def test_a_song_keeps_its_identity_in_every_spelling(title: str, artist: str, normalised: str) -> None:
    expected = "s2_" + hashlib.sha256(normalised.encode()).hexdigest()[:16]
    assert identify_song(title, artist) == expected


def test_song_ids_that_clients_may_have_stored_never_change() -> None:
    assert identify_song("Blue Train", "John Coltrane") == "s2_" + BLUE_TRAIN
    assert identify_song("Straße", "Die Ärzte") == "s2_" + STRASSE


# printf 'john coltrane\037blue train' | sha256sum
BLUE_TRAIN = "cd6a9361965f37ce"
# printf 'die ärzte\037strasse' | sha256sum
STRASSE = "34b45d82bb488e12"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Train", "Blue"), ("Blue", "Train")),
        (("b", "a x"), ("x b", "a")),
        (("Café", "x"), ("Cafe", "x")),
        (("🎷", "x"), ("🎺", "x")),
        (("1", "x"), ("I", "x")),
        (("One feat. Two", "x"), ("One", "x")),
        (("One - Live", "x"), ("One", "x")),
        (("Don't", "x"), ("Dont", "x")),
    ],
)
def test_other_songs_have_other_identities(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert identify_song(*one) != identify_song(*other)


def test_the_listener_is_hashed_with_the_secret() -> None:
    expected = hmac.new(SECRET, "Zoë".encode(), hashlib.sha256).hexdigest()
    assert hash_listener("Zoë", SECRET) == expected
    assert hash_listener("Zoë", b"another secret") != expected


def test_a_derived_play_id_stands_for_listener_song_and_instant() -> None:
    played_at = datetime(2026, 11, 1, 12, 0, 0, 5, timezone(timedelta(hours=2)))
    identity = "abc\x1fs2_0123456789abcdef\x1f2026-11-01T10:00:00.000005Z"
    expected = "d_" + hashlib.sha256(identity.encode()).hexdigest()[:32]
    assert derive_play_id("abc", "s2_0123456789abcdef", played_at) == expected


def test_a_blind_retry_is_the_same_play_in_another_spelling_and_zone() -> None:
    first = recorded_play()
    again = recorded_play(title=" BLUE  train", played_at="2026-11-01T12:00:00+02:00", region="gb", release="x")
    assert again.play_id == first.play_id
    assert recorded_play(played_at="2026-11-01T10:00:00.000001Z").play_id != first.play_id
    assert recorded_play(user_id="listener-2").play_id != first.play_id


def test_the_client_s_own_play_id_is_kept() -> None:
    assert recorded_play(play_id="mine:1").play_id == "mine:1"


@pytest.mark.parametrize(
    "example",
    [one for one in read_examples("submitted") if not one.refused],
    ids=lambda one: one.name,
)
def test_what_goes_to_kafka_is_a_play_again_and_hides_the_listener(example: Example) -> None:
    submitted = SubmittedPlay.model_validate_json(example.to_json())
    play = record_play(submitted, SECRET, KEY_ID, datetime.now(UTC))
    assert Play.model_validate_json(play.to_value()) == play
    assert play.to_key().decode() == hash_listener(submitted.user_id, SECRET)
    assert b"listener-1" not in play.to_value()


def test_reading_the_model_loads_neither_web_framework_nor_kafka_client() -> None:
    command = (
        "import sys, ingest.play;sys.exit(any(m in sys.modules for m in ('fastapi', 'starlette', 'confluent_kafka')))"
    )
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


def test_the_package_itself_is_empty() -> None:
    assert ingest.__file__ is not None
    assert Path(ingest.__file__).read_text() == ""
