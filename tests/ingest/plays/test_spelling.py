"""One name in every spelling, and which characters no name has."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plays.identity import Identities, identify_all, identify_song
from ingest.plays.spelling import holds_control, is_blank, normalise
from local.environment import ROOT
from notebooks.song_identity import identify_song as identify_in_the_audit
from notebooks.song_identity import spell

VECTORS = json.loads((ROOT / "docs" / "identity.json").read_text())
CODE_POINTS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
FOLDED = "’‘`´′“”„«»\u2010\u2015\u2212\u1ffd\u1fef\u2033\uff40\uff07\ufe58"
COMBINING = "\u0301\u0308\u0327\u0345\u030a\u3099\u1161\u11a8"
RESTLESS = f"{FOLDED}{COMBINING}\u00ad\u034f\u200d\ufe0f\u115f\uffa0\u3164 \u1100eαςßİıſﬁㇵﾞÅ\u00a8\u0384\x85\x1f"
texts = st.text(max_size=12) | st.text(st.sampled_from(RESTLESS), max_size=8)


@given(texts)
def test_what_is_normalised_is_its_own_normal_spelling(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert unicodedata.is_normalized("NFKC", normalise(text))


def test_each_code_point_is_its_own_normal_spelling_once_normalised() -> None:
    assert [one for one in map(normalise, CODE_POINTS) if normalise(one) != one] == []


@given(texts)
def test_a_second_reading_of_the_rule_comes_to_the_same(text: str) -> None:
    assert spell(text) == normalise(text)


@given(texts, st.sampled_from(["’", "‘", "`", "´", "′", "\u1ffd"]), texts)
def test_any_apostrophe_stands_for_the_plain_one(before: str, mark: str, after: str) -> None:
    assert normalise(f"{before}{mark}{after}") == normalise(f"{before}'{after}")


@given(texts)
def test_canonically_equal_texts_are_one(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)
    assert normalise(unicodedata.normalize("NFC", text)) == normalise(text)


@given(texts)
def test_a_text_names_nothing_when_nothing_is_left_of_it(text: str) -> None:
    assert is_blank(text) == (normalise(text) == "")


def test_a_code_point_names_nothing_when_nothing_is_left_of_it() -> None:
    assert [one for one in CODE_POINTS if is_blank(one) != (normalise(one) == "")] == []


def test_control_characters_are_unicode_s_and_those_that_turn_the_direction() -> None:
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = {one for one in CODE_POINTS if holds_control(f"a{one}b")}
    assert found == {
        one for one in CODE_POINTS if unicodedata.category(one) == "Cc" or unicodedata.bidirectional(one) in turning
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: f"{one['artist']} {one['title']}")
def test_the_examples_that_the_docs_show(vector: dict[str, str | None]) -> None:
    title, artist = str(vector["title"]), str(vector["artist"])
    expected = Identities(*(vector[name] for name in Identities._fields))  # type: ignore[arg-type]
    assert identify_all(title, artist, vector["release"]) == expected
    assert expected.song_id == identify_song(title, artist) == identify_in_the_audit(title, artist)


@pytest.mark.parametrize("release", [None, "", " \u3000", "\u200b"])
def test_a_release_without_a_name_has_no_identity(release: str | None) -> None:
    assert identify_all("Blue Train", "John Coltrane", release).release_id is None
