"""The play: what a client may post and what travels on through Kafka. Nothing else defines it.

:class:`SubmittedPlay` is the body of ``POST /play``; :class:`Play` is the value in Kafka.
Spark's schema, the examples and the test builders are derived from these two models.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_extra_types.country import CountryAlpha2

# Other packages import these from here.
from ingest.plays.identity import UNIT_SEPARATOR as UNIT_SEPARATOR
from ingest.plays.identity import Identities as Identities
from ingest.plays.identity import hash_listener as hash_listener
from ingest.plays.identity import identify_all as identify_all
from ingest.plays.identity import identify_play as identify_play
from ingest.plays.identity import identify_song as identify_song
from ingest.plays.spelling import CONTROL_CHARACTERS as CONTROL_CHARACTERS
from ingest.plays.spelling import holds_control, is_blank

SCHEMA_VERSION: Final = 2
EARLIEST_PLAYED_AT: Final = datetime(2002, 10, 1, tzinfo=UTC)
"""Before this instant no scrobbling service existed; ListenBrainz refuses the same."""
OWN_LISTENER: Final = ("own-listener", b"1")
"""Kafka header of a play whose listener the key decides: that listener reads it back."""
CLOCK_ALLOWANCE: Final = timedelta(hours=1)
"""How far a client's clock may run ahead of ours."""
LONGEST_MILLISECONDS: Final = 86_400_000

RFC_3339: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
RFC_3339_FORM: Final = re.compile(RFC_3339.removesuffix("$"))
_CANONICAL_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def write_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with microseconds and ``Z``: the one spelling of a time in Kafka."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def refuse_nul(text: str) -> str:
    """The text; raises for one with NUL in it, which Postgres cannot store."""
    if "\x00" in text:
        raise PydanticCustomError("nul_character", "must not contain the NUL character")
    return text


def refuse_control(text: str) -> str:
    """Return the text; raise for one that contains control or bidirectional formatting characters."""
    # They move a terminal's cursor, break a log's line, or set the text's direction: `gnp.exe` shows as `exe.png`.
    if holds_control(text):
        raise PydanticCustomError("control_character", "must not contain control or direction characters")
    return text


def _compact_isrc(value: object) -> object:
    # ASCII alone: str.upper() turns some single letters of other scripts into ASCII pairs.
    if isinstance(value, str) and value.isascii():
        return value.replace("-", "").upper()
    return value


def _refuse_foreign_letters(value: object) -> object:
    # CountryAlpha2 upper-cases by Unicode's rules, under which "ß" would be South Sudan.
    if isinstance(value, str) and not value.isascii():
        raise PydanticCustomError("country_alpha2", "must be an ISO 3166-1 alpha-2 code")
    return value


def _refuse_small_letters(value: object) -> object:
    if isinstance(value, str) and value != value.upper():
        raise PydanticCustomError("country_alpha2", "must be written in upper case")
    return value


def _refuse_other_spellings(value: object) -> object:
    if isinstance(value, str) and not _CANONICAL_UUID.fullmatch(value):
        raise PydanticCustomError("uuid_spelling", "must be written in lower case with its four hyphens")
    return value


def _refuse_blank(text: str) -> str:
    # Trimming keeps default-ignorable code points, normalisation removes them.
    if is_blank(text):
        raise PydanticCustomError("string_too_short", "must hold more than white space")
    return text


def _require_rfc_3339(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and RFC_3339_FORM.fullmatch(value)):
        return value
    raise PydanticCustomError("not_rfc_3339", "must be an RFC 3339 time with its zone")


def _refuse_too_early(instant: datetime) -> datetime:
    if instant < EARLIEST_PLAYED_AT:
        raise PydanticCustomError("too_early", "must not be before 2002-10-01T00:00:00Z")
    return instant


def _refuse_later_than(latest: datetime, instant: datetime) -> datetime:
    # Compared before any conversion: the year 9999 west of Greenwich has no UTC form.
    if instant > latest:
        raise PydanticCustomError("too_late", "must not be more than 1 hour ahead of the clock")
    return instant


def _refuse_future(instant: datetime) -> datetime:
    return _refuse_later_than(datetime.now(UTC) + CLOCK_ALLOWANCE, instant)


PlayId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:\-]{1,64}$")]
KeyId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8}|local)$")]
ListenerHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PlainListener = Annotated[str, StringConstraints(min_length=1, max_length=128), AfterValidator(refuse_nul)]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=512),
    AfterValidator(refuse_nul),
    AfterValidator(refuse_control),
]
Release = Annotated[str, StringConstraints(max_length=512), AfterValidator(refuse_nul), AfterValidator(refuse_control)]
ClientText = Annotated[
    str, StringConstraints(max_length=64), AfterValidator(refuse_nul), AfterValidator(refuse_control)
]
CanonicalIsrc = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$")]
CanonicalUuid = Annotated[UUID, BeforeValidator(_refuse_other_spellings)]
Isrc = Annotated[CanonicalIsrc, BeforeValidator(_compact_isrc)]
Region = Annotated[CountryAlpha2, BeforeValidator(_refuse_foreign_letters)]
CanonicalRegion = Annotated[Region, BeforeValidator(_refuse_small_letters)]
Milliseconds = Annotated[int, Field(strict=True, ge=0, le=LONGEST_MILLISECONDS)]
Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_require_rfc_3339),
    PlainSerializer(write_instant, when_used="json"),
    Field(json_schema_extra={"pattern": RFC_3339}),
]


class Client(BaseModel):
    """The program that posted the play."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClientText | None = None
    version: ClientText | None = None


class PlayFacts(BaseModel):
    """What the client says of a play and what travels on, every value in its canonical spelling."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    artist: Line
    release: Release | None = None
    isrc: CanonicalIsrc | None = None
    recording_mbid: CanonicalUuid | None = None
    region: CanonicalRegion
    ms_played: Milliseconds | None = None
    duration_ms: Milliseconds | None = None
    client: Client | None = None


class SubmittedPlay(PlayFacts):
    """One play as a client posts it; what has one canonical spelling may come in any."""

    title: Annotated[Line, AfterValidator(_refuse_blank)]
    artist: Annotated[Line, AfterValidator(_refuse_blank)]
    isrc: Isrc | None = None
    recording_mbid: UUID | None = None
    region: Region
    play_id: PlayId | None = None
    user_id: PlainListener
    played_at: Annotated[Instant, AfterValidator(_refuse_too_early), AfterValidator(_refuse_future)]


class Play(PlayFacts):
    """One play as Kafka carries it: the listener hashed, the identity filled in, one spelling only."""

    schema_version: Literal[2]
    play_id: PlayId
    user_id: ListenerHash
    key_id: KeyId
    played_at: Annotated[Instant, AfterValidator(_refuse_too_early)]
    received_at: Instant

    @model_validator(mode="after")
    def _played_before_received(self) -> Play:
        _refuse_later_than(self.received_at + CLOCK_ALLOWANCE, self.played_at)
        return self

    def to_key(self) -> bytes:
        """Kafka's key: one listener's plays stay in order."""
        return self.user_id.encode()

    def to_value(self) -> bytes:
        """Kafka's value: JSON without the fields that the client left out."""
        return self.model_dump_json(exclude_none=True).encode()


def derive_play_id(listener_hash: str, song_id: str, played_at: datetime) -> str:
    """The identity of a play whose client chose none, so that a blind retry is the same play."""
    return identify_play(listener_hash, song_id, write_instant(played_at))


def record_play(submitted: SubmittedPlay, secret: bytes, key_id: str, received_at: datetime) -> Play:
    """Turn a client's play into the play that Kafka carries.

    ``secret`` keys the listener's hash; ``key_id`` is the id of the API key; ``received_at`` is when ingest
    received the play, with a zone.
    """
    listener = hash_listener(submitted.user_id, secret)
    played_at = submitted.played_at.astimezone(UTC)
    play_id = submitted.play_id or derive_play_id(listener, identify_song(submitted.title, submitted.artist), played_at)
    # Every field was checked as part of the submitted play or is made here.
    return Play.model_construct(
        **{name: getattr(submitted, name) for name in PlayFacts.model_fields},
        schema_version=SCHEMA_VERSION,
        play_id=play_id,
        user_id=listener,
        key_id=key_id,
        played_at=played_at,
        received_at=received_at,
    )
