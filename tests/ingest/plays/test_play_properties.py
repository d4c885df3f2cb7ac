"""What holds for every play that the model takes, not only for the examples."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from ingest.play import Play, SubmittedPlay, identify_song, record_play
from notebooks.song_identity import spell
from tests.ingest.builders import KEY_ID, SECRET

RECEIVED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TRIMMED = "\t \u00a0\u3000"
readable = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=DIRECTIONS), max_size=40)
pieces = st.text(st.sampled_from("ab \x1f\x1e\t\u00a0\u3000AＡß\u200b\u202e’'"), max_size=6)
zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(2002, 10, 2), datetime(2026, 10, 30), timezones=zones)


def is_readable(one: str) -> bool:
    """Whether a text is without control and direction characters."""
    return not any(unicodedata.category(letter) == "Cc" or letter in DIRECTIONS for letter in one)


names = st.builds("{}x{}".format, readable, readable)
mbids = st.uuids().filter(lambda one: str(one) != str(one).upper())
good_plays = st.fixed_dictionaries(
    {
        "user_id": names,
        "title": names,
        "artist": names,
        "region": st.sampled_from(["GB", "gb", "Gb"]),
        "played_at": instants.map(datetime.isoformat),
        "isrc": st.sampled_from(["USBN25700001", "us-bn2-57-00001"]),
        "recording_mbid": mbids.flatmap(lambda one: st.sampled_from([str(one), one.hex, one.urn, str(one).upper()])),
    },
    optional={
        "play_id": st.just("a.b:c-d_1"),
        "release": readable,
        "ms_played": st.integers(0, 86_400_000),
        "client": st.fixed_dictionaries({}, optional={"name": readable, "version": st.none()}),
    },
)


@given(good_plays)
def test_what_is_taken_goes_to_kafka_in_its_one_spelling(body: dict[str, Any]) -> None:
    value = record_play(SubmittedPlay.model_validate(body), SECRET, KEY_ID, RECEIVED_AT).to_value()
    assert Play.model_validate_json(value).to_value() == value


@given(good_plays, pieces, pieces)
def test_a_play_is_taken_exactly_when_it_names_a_readable_song(body: dict[str, Any], title: str, artist: str) -> None:
    is_good = all(spell(one) and is_readable(one.strip(TRIMMED)) for one in (title, artist))
    try:
        SubmittedPlay.model_validate({**body, "title": title, "artist": artist})
    except ValidationError:
        assert not is_good
    else:
        assert is_good


@given(pieces, pieces, pieces, pieces)
def test_two_songs_are_one_only_when_their_words_are(title: str, artist: str, other: str, by: str) -> None:
    same = (spell(title), spell(artist)) == (spell(other), spell(by))
    assert (identify_song(title, artist) == identify_song(other, by)) == same


@given(pieces, pieces, pieces)
def test_a_separator_in_a_name_does_not_move_the_border(first: str, second: str, third: str) -> None:
    left, right = (f"{second}\x1f{third}", first), (third, f"{first}\x1f{second}")
    assume([*map(spell, left)] != [*map(spell, right)])
    assert identify_song(*left) != identify_song(*right)


@given(good_plays, st.sampled_from(["region", "isrc", "recording_mbid"]))
def test_another_spelling_is_no_value_for_kafka(body: dict[str, Any], field: str) -> None:
    play = record_play(SubmittedPlay.model_validate(body), SECRET, KEY_ID, RECEIVED_AT)
    value = play.model_dump(mode="json", exclude_none=True)
    assert Play.model_validate(value) == play
    with pytest.raises(ValidationError) as refused:
        Play.model_validate({**value, field: value[field].swapcase()})
    assert [fault["loc"] for fault in refused.value.errors()] == [(field,)]
