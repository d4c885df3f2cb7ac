"""Why a play was refused: stable codes, one for each kind of fault, and the field at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import ValidationError

LONGEST_FIELD_NAME: Final = 64
WHOLE_PLAY: Final = "play"
"""The name that stands for the field when the fault is the whole play's."""


class Code(StrEnum):
    """The closed list of codes; a code once published keeps its meaning."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    BAD_FORMAT = "bad_format"
    NUL_CHARACTER = "nul_character"
    CONTROL_CHARACTER = "control_character"
    UNKNOWN_REGION = "unknown_region"
    NOT_RFC_3339 = "not_rfc_3339"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_OLD = "too_old"
    TOO_MANY_LISTENERS = "too_many_listeners"


# A type that is not listed ends in `_type` (wrong type) or is a fault of form (bad format).
_CODES: Final[Mapping[str, Code]] = {
    "json_invalid": Code.NOT_JSON,
    "missing": Code.MISSING,
    "extra_forbidden": Code.UNKNOWN_FIELD,
    "string_too_short": Code.TOO_SHORT,
    "string_too_long": Code.TOO_LONG,
    "greater_than_equal": Code.TOO_SMALL,
    "less_than_equal": Code.TOO_LARGE,
    "too_large": Code.TOO_LARGE,
    "nul_character": Code.NUL_CHARACTER,
    "control_character": Code.CONTROL_CHARACTER,
    "country_alpha2": Code.UNKNOWN_REGION,
    "not_rfc_3339": Code.NOT_RFC_3339,
    "datetime_parsing": Code.NOT_RFC_3339,
    "datetime_from_date_parsing": Code.NOT_RFC_3339,
    "timezone_aware": Code.NOT_RFC_3339,
    "too_early": Code.TOO_EARLY,
    "too_late": Code.TOO_LATE,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One fault. ``field`` is a path such as ``client.name``, or ``play``."""

    field: str
    code: Code
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def explain(error: ValidationError) -> list[Refusal]:
    """Every fault that the model found, in the order of its fields; at least one."""
    return [
        Refusal(
            _name_field(fault["type"], fault["loc"]),
            _code_of(fault["type"], whole_play=not fault["loc"]),
            fault["msg"],
        )
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def refuse_text(error: ValueError) -> Refusal:
    """The refusal of a body that no document could be read from."""
    return Refusal(WHOLE_PLAY, Code.NOT_JSON, f"Invalid JSON: {error}")


def _name_field(error_type: str, path: tuple[int | str, ...]) -> str:
    # A play too far ahead of its receipt breaks a rule on two fields, which has no path.
    whole = "played_at" if error_type == "too_late" else WHOLE_PLAY
    return ".".join(map(str, path))[:LONGEST_FIELD_NAME] or whole


def _code_of(error_type: str, *, whole_play: bool) -> Code:
    if error_type in _CODES:
        return _CODES[error_type]
    if not error_type.endswith("_type"):
        return Code.BAD_FORMAT
    return Code.NOT_AN_OBJECT if whole_play else Code.WRONG_TYPE
