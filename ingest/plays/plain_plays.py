"""The quick way for plays that are written plainly, which nearly all of them are.

It takes a play only where :class:`~ingest.play.SubmittedPlay` surely would, with the same value for Kafka, at a
twentieth of the cost. Whatever it is not sure of (a rule broken, a text to be trimmed, a rare spelling of a time)
it leaves to the model, which alone says what is wrong with a play. Errors of msgspec and pydantic are ``ValueError``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Annotated, Any, Final

import msgspec
from pydantic import TypeAdapter

from ingest.play import (
    CLOCK_ALLOWANCE,
    EARLIEST_PLAYED_AT,
    RFC_3339_FORM,
    SCHEMA_VERSION,
    Instant,
    SubmittedPlay,
    write_instant,
)
from ingest.plays.identity import hash_listener, identify_play, identify_song
from ingest.plays.plain_forms import REFINED, PlainPlay, build_form
from ingest.plays.spelling import holds_control, is_blank
from ingest.web.documents import refuse_repeated_names
from ingest.web.limits import MAXIMUM_BATCH_PLAYS, MAXIMUM_PLAY_BYTES

REMEMBERED: Final = 16_384
"""Listeners, songs and codes come again and again; of each so many are remembered."""
SURE_BYTES: Final = MAXIMUM_PLAY_BYTES - 2_048
"""A value of this size stands for a play within its limit, however long its listener's name was."""
ESCAPED_NUL: Final = rb"\u0000"
SECONDS_END: Final = len("2026-01-01T00:00:00")
UTC_ENDS: Final = ("Z", "+00:00")
_POSTED: Final = len(SubmittedPlay.model_fields)
_astuple: Final = msgspec.structs.astuple
_INSTANT: Final = TypeAdapter(Instant)

Decided = Mapping[str, str]


class NotPlainError(ValueError):
    """The model has to look at this."""


class PlainReader:
    """Reads plays of whose fields the key decides some; ``secret`` keys the listeners' hash."""

    def __init__(self, secret: bytes, decided: frozenset[str] = frozenset()) -> None:
        form = build_form(decided)
        plays = Annotated[list[form], msgspec.Meta(min_length=1, max_length=MAXIMUM_BATCH_PLAYS)]  # type: ignore[valid-type]
        batch = msgspec.defstruct("Batch", [("plays", plays)], forbid_unknown_fields=True)
        self._decode_play = msgspec.json.Decoder(form).decode
        self._decode_batch = msgspec.json.Decoder(batch).decode
        self._hash = lru_cache(REMEMBERED)(partial(hash_listener, secret=secret))
        self._identify = lru_cache(REMEMBERED)(identify_song)

    def read_play(self, body: bytes, decided: Decided, key_id: str, received_at: datetime) -> PlainPlay:
        """The play in a body as Kafka will carry it; raises ``ValueError`` to leave it to the model."""
        play = _decode(self._decode_play, body)
        self._record_all(body, [play], 0, decided, key_id, received_at)
        return play  # type: ignore[no-any-return]

    def read_batch(self, body: bytes, decided: Decided, key_id: str, received_at: datetime) -> list[PlainPlay]:
        """All plays in the body of a batch; raises ``ValueError`` to leave all of them to the model."""
        plays = _decode(self._decode_batch, body).plays
        self._record_all(body, plays, 1, decided, key_id, received_at)
        return plays  # type: ignore[no-any-return]

    def _record_all(
        self, body: bytes, plays: list[Any], outer_names: int, decided: Decided, key_id: str, received_at: datetime
    ) -> None:
        refuse_repeated_names(body, outer_names + sum(map(_count_names, plays)))
        if _may_hold_control(body):
            for play in plays:
                _refuse_control(play)
        latest, received = received_at + CLOCK_ALLOWANCE, write_instant(received_at)
        for play in plays:
            for field, value in decided.items():
                setattr(play, field, value)
            _refine(play, latest)
            play.user_id = self._hash(play.user_id)
            if play.play_id is None:
                play.play_id = identify_play(play.user_id, self._identify(play.title, play.artist), play.played_at)
            play.schema_version, play.key_id, play.received_at = SCHEMA_VERSION, key_id, received
        _refuse_large(body, plays)


def _decode(decode: Callable[[bytes], Any], body: bytes) -> Any:
    if ESCAPED_NUL in body:
        raise NotPlainError
    try:
        return decode(body)
    except RecursionError as error:
        raise NotPlainError from error


def _count_names(play: Any) -> int:
    """How many members the JSON of a play had, if none of them was null."""
    names = _POSTED - _astuple(play).count(None)
    return names if play.client is None else names + sum(one is not None for one in _astuple(play.client))


def _may_hold_control(body: bytes) -> bool:
    """Return whether a text can contain control characters or be blank. Unescaped ASCII JSON can only contain DEL."""
    return not body.isascii() or b"\\" in body or b"\x7f" in body


def _refuse_control(play: Any) -> None:
    for text in (play.title, play.artist, play.release):
        if text is not None and holds_control(text):
            raise NotPlainError
    for text in () if play.client is None else _astuple(play.client):
        if text is not None and holds_control(text):
            raise NotPlainError
    # A trimmed ASCII text without control characters is never blank.
    for text in (play.title, play.artist):
        if not text.isascii() and is_blank(text):
            raise NotPlainError


def _refuse_large(body: bytes, plays: list[Any]) -> None:
    # Without escapes the longest texts of a play stay far below the limit.
    if b"\\" in body and any(len(play.to_value()) > SURE_BYTES for play in plays):
        raise NotPlainError


def _refine(play: Any, latest: datetime) -> None:
    """Apply the rules that a form cannot hold."""
    if play.title.strip() != play.title or play.artist.strip() != play.artist:
        raise NotPlainError
    play.played_at = _read_instant(play.played_at, latest)
    for field, read in _REMEMBERED:
        value = getattr(play, field)
        if value is not None:
            setattr(play, field, read(value))


def _read_instant(text: str, latest: datetime) -> str:
    plain = text[SECONDS_END:] in UTC_ENDS and RFC_3339_FORM.fullmatch(text)
    instant = datetime.fromisoformat(text) if plain else _INSTANT.validate_python(text)
    if not EARLIEST_PLAYED_AT <= instant <= latest:
        raise NotPlainError
    return f"{text[:10]}T{text[11:SECONDS_END]}.000000Z" if plain else write_instant(instant)


def _remember(field: str) -> Callable[[str], str]:
    """A field's own validator, from a text to the text for Kafka."""
    info = SubmittedPlay.model_fields[field]
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    return lru_cache(REMEMBERED)(lambda text: adapter.dump_python(adapter.validate_python(text), mode="json"))


_REMEMBERED: Final = [(field, _remember(field)) for field in REFINED if field not in ("title", "artist", "played_at")]
"""The refined fields that have few values."""
