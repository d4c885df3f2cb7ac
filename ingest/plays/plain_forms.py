"""Forms that msgspec reads and writes, derived from the models of a play.

A form holds what the model's own JSON schema says: names, types, lengths, ranges, patterns. What no schema
can say is the reader's part; :data:`REFINED` are the fields that have such rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from pydantic import TypeAdapter

from ingest.play import Play, SubmittedPlay, refuse_control, refuse_nul

_ENCODE: Final = msgspec.json.Encoder().encode
_TYPES: Final[Mapping[str, type]] = {"string": str, "integer": int}
_LIMITS: Final = {"minLength": "min_length", "maxLength": "max_length", "minimum": "ge", "maximum": "le"}
_SCHEMA_KINDS: Final = {"str", "int", "nullable", "default", "model", "model-fields", "model-field"}
"""What a JSON schema says whole."""
_CHECKED_BY_READER: Final = (refuse_nul, refuse_control)
"""Validators of every text, which the reader applies itself."""
_REWRITES: Final = ("strip_whitespace", "to_lower", "to_upper")


class PlainPlay(msgspec.Struct):
    """A play as Kafka carries it; its fields are those of :class:`~ingest.play.Play`, in their order."""

    if TYPE_CHECKING:  # The form has them from the model.
        play_id: str
        user_id: str
        played_at: str
        region: str

    def to_key(self) -> bytes:
        """Kafka's key: one listener's plays stay in order."""
        return self.user_id.encode()

    def to_value(self) -> bytes:
        """Kafka's value, as the model writes it."""
        return _ENCODE(self)


@lru_cache
def build_form(supplied: frozenset[str] = frozenset()) -> type[PlainPlay]:
    """The form of a play whose ``supplied`` fields the client may leave out.

    It reads what :class:`~ingest.play.SubmittedPlay` has and writes what ``Play`` has: a field that no
    client posts takes no value from JSON.
    """
    schema = SubmittedPlay.model_json_schema()
    for name in REFINED:
        schema["properties"][name].pop("pattern", None)
    required = set(schema["required"]) - supplied
    return _define(PlainPlay.__name__, Play.model_fields, schema, required, schema["$defs"], (PlainPlay,))


def _define(
    name: str,
    order: Mapping[str, object],
    schema: Mapping[str, Any],
    required: set[str],
    definitions: Mapping[str, Any],
    bases: tuple[type[msgspec.Struct], ...] = (),
) -> type[Any]:
    fields = [_field(one, schema["properties"].get(one), one in required, definitions) for one in order]
    # What is left out is not written; no play refers to itself, so the collector need not look at one.
    return msgspec.defstruct(
        name, fields, bases=bases, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False
    )


def _field(
    name: str, schema: Mapping[str, Any] | None, required: bool, definitions: Mapping[str, Any]
) -> tuple[str, Any] | tuple[str, Any, Any]:
    if schema is None:
        return name, msgspec.UnsetType, msgspec.UNSET
    kind = _type_of(schema, definitions)
    return (name, kind) if required else (name, kind | None, None)


def _type_of(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    if "anyOf" in schema:
        return _type_of(schema["anyOf"][0], definitions) | None
    if "$ref" in schema:
        inner = definitions[schema["$ref"].rsplit("/", 1)[-1]]
        return _define(inner["title"], inner["properties"], inner, set(inner.get("required", ())), definitions)
    limits = {limit: schema[name] for name, limit in _LIMITS.items() if name in schema}
    if "pattern" in schema:
        # To Python `$` also stands before a last line break.
        limits["pattern"] = schema["pattern"].removesuffix("$") + r"\Z"
    return Annotated[_TYPES[schema["type"]], msgspec.Meta(**limits)]


def _says_it_whole(node: Mapping[str, Any]) -> bool:
    """Whether a field's JSON schema holds all of its rules."""
    if node["type"] == "function-after" and node["function"]["function"] in _CHECKED_BY_READER:
        return _says_it_whole(node["schema"])
    if node["type"] not in _SCHEMA_KINDS or any(node.get(one) for one in _REWRITES):
        return False
    inner = [node["schema"]] if "schema" in node else []
    return all(map(_says_it_whole, [*inner, *node.get("fields", {}).values()]))


def _fields_of(node: Mapping[str, Any]) -> Mapping[str, Any]:
    fields: Mapping[str, Any] | None = node.get("fields")
    return _fields_of(node["schema"]) if fields is None else fields


REFINED: Final = tuple(
    name for name, node in _fields_of(TypeAdapter(SubmittedPlay).core_schema).items() if not _says_it_whole(node)
)
"""The fields that have rules which a form cannot hold."""
