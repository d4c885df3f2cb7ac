"""Who may write: the key in ``Authorization`` and what it binds its user to."""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from ingest.access.key_file import KEY_PREFIX, KeyRecord, hash_key, read_keys
from ingest.web.problems import ProblemCode, ProblemError

SCHEMES: Final = ("token", "bearer")
LOCAL_NAME: Final = "local"
"""Name and id of the key from the environment."""
LOOK_SECONDS: Final = 0.1
SEEN_HEADERS: Final = 10_000

logger = logging.getLogger(__name__)

_Stamp = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Key:
    """A known key: its name, the fields that it decides, whatever the play says, and the id stored with each play."""

    name: str
    decides: Mapping[str, str]
    id: str
    imports: bool = False
    """Whether it may post plays of any age."""

    @property
    def is_local(self) -> bool:
        """Whether it is the key of the environment."""
        return self.id == LOCAL_NAME

    @property
    def has_listener(self) -> bool:
        """Whether every play with this key is one listener's."""
        return "user_id" in self.decides

    def apply_to(self, play: object) -> object:
        """The play with the decided fields; anything that is no object stays what it is."""
        return {**play, **self.decides} if isinstance(play, dict) else play


class KeyRing:
    """Every key that is valid now: the environment's, and those of the key file.

    The file is read again when it has changed, so a revoked key is refused without a restart;
    ``look_every`` is how long (seconds) that may take. A key that is not known is looked for at once, and headers
    that carried a known one are remembered until the file changes.
    """

    def __init__(self, local_key: str, path: Path, look_every: float = LOOK_SECONDS) -> None:
        self._look_every = look_every
        self._looked_at = time.monotonic()
        self._local_hash = hash_key(local_key)
        self._path = path
        self._stamp = _stamp(path)
        self._records = _index(path)
        self._seen: dict[bytes, Key] = {}

    def identify(self, authorization: str | None) -> Key:
        """The key that an ``Authorization`` header carries; raises a ``401`` problem."""
        self._refresh()
        seen_as = _digest(authorization)
        key = self._seen.get(seen_as)
        if key is None:
            key = self._identify(authorization)
            if len(self._seen) < SEEN_HEADERS:
                self._seen[seen_as] = key
        return key

    def _identify(self, authorization: str | None) -> Key:
        presented = _extract(authorization)
        if presented is None:
            raise _unauthorized(ProblemCode.KEY_MISSING, "Send `Authorization: Token <key>`.")
        key = self._find(presented)
        if key is None:
            self._refresh(look_now=True)
            key = self._find(presented)
        if key is None:
            raise _unauthorized(ProblemCode.KEY_UNKNOWN, "The key is not valid.")
        return key

    def _find(self, presented: str) -> Key | None:
        presented_hash = hash_key(presented)
        if hmac.compare_digest(presented_hash, self._local_hash):
            return Key(LOCAL_NAME, {}, LOCAL_NAME, imports=True)
        record = self._records.get(_id_of(presented))
        if record is None or not hmac.compare_digest(presented_hash, record.sha256):
            return None
        return Key(record.name, _decided_by(record), record.id, record.imports)

    def _refresh(self, look_now: bool = False) -> None:
        now = time.monotonic()
        if not look_now and now - self._looked_at < self._look_every:
            return
        self._looked_at = now
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._seen.clear()
        try:
            self._records = _index(self._path)
        except (OSError, ValidationError):
            logger.exception("the key file cannot be read; the keys known so far stay valid")


def _digest(authorization: str | None) -> bytes:
    # By its digest, so that how long the search takes says nothing of a key.
    return hashlib.sha256((authorization or "").encode()).digest()


def _index(path: Path) -> dict[str, KeyRecord]:
    return {record.id: record for record in read_keys(path).keys}


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _extract(authorization: str | None) -> str | None:
    scheme, _, key = (authorization or "").strip().partition(" ")
    if not key and scheme.startswith(f"{KEY_PREFIX}_"):
        # The key alone, as people type it into a field for the whole header.
        return scheme
    return key.strip() or None if scheme.lower() in SCHEMES else None


def _id_of(presented: str) -> str:
    prefix, _, rest = presented.partition("_")
    return rest.partition("_")[0] if prefix == KEY_PREFIX else ""


def _decided_by(record: KeyRecord) -> dict[str, str]:
    decided = {"user_id": record.listener, "region": record.region}
    return {field: value for field, value in decided.items() if value is not None}


def _unauthorized(code: ProblemCode, detail: str) -> ProblemError:
    headers = {"WWW-Authenticate": "Token"}
    return ProblemError(HTTPStatus.UNAUTHORIZED, code, detail, headers=headers)
