"""Passwords as Last.fm's clients send them: hashed with MD5, alone or with something else.

MD5 is what the protocols say. Nothing rests on it: a client that sends a hash sends the key as user name too.
"""

from __future__ import annotations

import hashlib
import hmac


def hash_password(password: str) -> str:
    """Return what clients keep of a password."""
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


def is_hash_of(text: str, claimed: str) -> bool:
    """Return whether ``claimed`` is the hash of ``text``, in any case."""
    return hmac.compare_digest(hash_password(text).encode(), claimed.lower().encode())
