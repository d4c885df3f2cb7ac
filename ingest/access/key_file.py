"""The file of write keys: hashes only, so that reading it opens nothing."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingest.play import Instant, PlainListener, Region

KEY_PREFIX: Final = "ts"
LIVE_KEYS_PER_NAME: Final = 2
"""One in use and one to change over to."""
OWNER_ONLY: Final = 0o600

KeyName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")]


class KeyRecord(BaseModel):
    """One key as the file keeps it. ``listener`` and ``region`` bind its user; ``imports`` allows plays of any age."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    name: KeyName
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    listener: PlainListener | None = None
    region: Region | None = None
    imports: bool = False
    created: Instant


class KeyFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    keys: list[KeyRecord] = Field(default_factory=list)


class TooManyKeysError(ValueError):
    """The name has as many live keys as it may have."""


def hash_key(key: str) -> str:
    """SHA-256 in lower-case hex; keys are random, so the hash needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def read_keys(path: Path) -> KeyFile:
    """The file's keys, none when there is no file.

    Raises ``ValidationError`` for a file that is not a key file.
    """
    if not path.exists():
        return KeyFile()
    return KeyFile.model_validate_json(path.read_bytes())


def add_key(
    path: Path, name: str, listener: str | None = None, region: str | None = None, *, imports: bool = False
) -> str:
    """Make a key, keep its hash, and return the key, which nothing can show again.

    Raises ``TooManyKeysError`` when the name has two already and ``ValidationError`` for a name,
    listener or region that cannot be.
    """
    key_id = secrets.token_hex(4)
    key = f"{KEY_PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"
    record = KeyRecord.model_validate(
        {
            "id": key_id,
            "name": name,
            "sha256": hash_key(key),
            "listener": listener,
            "region": region,
            "imports": imports,
            "created": datetime.now(UTC),
        }
    )
    with _changing(path) as file:
        if sum(one.name == name for one in file.keys) >= LIVE_KEYS_PER_NAME:
            raise TooManyKeysError(f"{name} has {LIVE_KEYS_PER_NAME} live keys; revoke one first")
        file.keys.append(record)
    return key


def revoke_keys(path: Path, *, name: str | None = None, key_id: str | None = None) -> int:
    """Forget every key of a name, or the one with an id; how many there were."""
    with _changing(path) as file:
        kept = [one for one in file.keys if one.name != name and one.id != key_id]
        revoked = len(file.keys) - len(kept)
        file.keys = kept
    return revoked


@contextmanager
def _changing(path: Path) -> Iterator[KeyFile]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A lock that others may open is one that they may hold, and then no key can be revoked.
    with open(path.with_suffix(".lock"), "w", opener=_open_for_owner) as lock:
        os.fchmod(lock.fileno(), OWNER_ONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = read_keys(path)
        yield file
        _replace(path, file.model_dump_json(indent=2, exclude_none=True))


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


def _replace(path: Path, text: str) -> None:
    # A reader sees the old file or the new one, never half of one.
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with open(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
