"""The ledger of truth: every posting and what ingest answered, one JSON object a line."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Literal

from clients.simulator.trouble import Posting

HONEST = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """What ingest said to one posting.

    ``http_status`` is known of a body posted by itself; the status of a batch says nothing of
    one play in it.
    """

    verdict: Literal["accepted", "rejected", "unconfirmed"]
    play_id: str | None = None
    code: str | None = None
    http_status: int | None = None


UNCONFIRMED = Answer("unconfirmed")


@dataclass
class Ledger:
    """Writes down answers, to a file if there is one, and counts them."""

    file: IO[str] | None = None
    verdicts: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)

    def write(self, postings: list[Posting], answers: list[Answer]) -> None:
        """Keep what became of a batch; it is in the file before this returns."""
        for posting, answer in zip(postings, answers, strict=True):
            self.verdicts[answer.verdict] += 1
            self.troubles[posting.trouble or HONEST] += 1
            if self.file is not None:
                self.file.write(_write_line(posting, answer))
        if self.file is not None:
            self.file.flush()

    def summarise(self) -> str:
        """The counts in one line."""
        parts = [f"{count} {name}" for name, count in self.verdicts.most_common()]
        troubles = [f"{count} {name}" for name, count in self.troubles.most_common()]
        return f"{', '.join(parts) or 'nothing posted'} (trouble: {', '.join(troubles) or 'none'})"


def _write_line(posting: Posting, answer: Answer) -> str:
    body = posting.body
    entry = {
        "body": body.decode() if isinstance(body, bytes) else body,
        "trouble": posting.trouble,
        "verdict": answer.verdict,
        "play_id": answer.play_id,
        "code": answer.code,
        "http_status": answer.http_status,
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"
