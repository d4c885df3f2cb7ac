"""What the object store was asked and what it sent, as its own metrics tell."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass, field
from typing import Final

from tests.servers import MinioServer

_REQUESTS: Final = re.compile(r'^minio_api_requests_total\{name="(\w+)".* ([\d.e+]+)$', re.MULTILINE)
_SENT: Final = re.compile(r"^minio_api_requests_traffic_sent_bytes\{.* ([\d.e+]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Requests:
    """S3 requests by their kind, and bytes sent to clients."""

    by_kind: dict[str, int] = field(default_factory=dict)
    sent_bytes: int = 0

    @property
    def total(self) -> int:
        """Requests of all kinds."""
        return sum(self.by_kind.values())

    def since(self, before: Requests) -> Requests:
        """What came after an earlier look."""
        kinds = {kind: count - before.by_kind.get(kind, 0) for kind, count in self.by_kind.items()}
        return Requests({kind: count for kind, count in kinds.items() if count}, self.sent_bytes - before.sent_bytes)


def read_requests(minio: MinioServer) -> Requests:
    """Ask MinIO, which counts what it was asked until now."""
    with urllib.request.urlopen(f"{minio.endpoint}/minio/metrics/v3/api/requests", timeout=30) as answer:
        text = answer.read().decode()
    by_kind = {kind: int(float(count)) for kind, count in _REQUESTS.findall(text)}
    return Requests(by_kind, sum(int(float(count)) for count in _SENT.findall(text)))
