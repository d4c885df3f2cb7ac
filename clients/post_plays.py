"""``python -m clients.post_plays FILE``: post a file of plays and see every line judged."""

from __future__ import annotations

import argparse
import json
import sys
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import httpx
from tqdm import tqdm

from clients.play_lines import STANDARD_INPUT, Line, batch_lines, count_lines, open_lines
from clients.settings import Settings
from clients.top_songs import RefusedByIngestError, TopSongs, UnconfirmedError, Verdict

INTERRUPTED: Final = 130
FAILURES: Final = (
    UnconfirmedError,
    RefusedByIngestError,
    httpx.TransportError,
    OSError,
    # What a damaged archive raises.
    EOFError,
    zlib.error,
)
Judged = list[tuple[Line, Verdict]]


@dataclass
class Tally:
    """How the lines fared so far; ``lines`` is how many, from the first on, have a verdict."""

    lines: int = 0
    accepted: int = 0
    refused: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more line."""
        self.lines += 1
        self.accepted += verdict.status == "accepted"
        self.refused += verdict.status == "rejected"


def judge_lines(poster: TopSongs, lines: Iterable[Line], batch: int, concurrency: int) -> Iterator[Judged]:
    """The verdicts on all lines, in the order of the lines, several batches under way at once."""
    under_way: deque[Future[Judged]] = deque()
    pool = ThreadPoolExecutor(concurrency)
    try:
        for some in batch_lines(lines, batch):
            under_way.append(pool.submit(_judge_batch, poster, some))
            if len(under_way) > 2 * concurrency:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        poster.stop()
        pool.shutdown(cancel_futures=True)


def _judge_batch(poster: TopSongs, lines: list[Line]) -> Judged:
    plays: dict[Line, object] = {}
    verdicts: dict[Line, Verdict] = {}
    for line in lines:
        try:
            plays[line] = line.parse()
        except ValueError:
            verdicts[line] = _judge_raw(poster, line)
    verdicts |= zip(plays, poster.submit_all(list(plays.values())), strict=True)
    return [(line, verdicts[line]) for line in lines]


def _judge_raw(poster: TopSongs, line: Line) -> Verdict:
    """The verdict on a line that is not JSON for us: ingest's own."""
    answer = poster.submit_raw(line.content).json()
    if "status" in answer and answer["status"] == "accepted":
        return Verdict(0, "accepted", answer["play_id"], None, None)
    return Verdict(0, "rejected", None, answer["code"], answer["detail"])


def _write_refusal(file: IO[str], line: Line, verdict: Verdict) -> None:
    refusal = {
        "line": line.number,
        "code": verdict.code,
        "message": verdict.message,
        "play": line.content.decode(errors="backslashreplace"),
    }
    file.write(json.dumps(refusal, ensure_ascii=False) + "\n")


def _post(asked: argparse.Namespace, poster: TopSongs, tally: Tally) -> None:
    with (
        open_lines(asked.file) as lines,
        open(asked.refused, "w", encoding="utf-8") as refused,
        tqdm(total=count_lines(asked.file), unit=" plays", disable=asked.quiet) as progress,
    ):
        for judged in judge_lines(poster, lines, asked.batch, asked.concurrency):
            for line, verdict in judged:
                tally.add(verdict)
                if verdict.status == "rejected":
                    _write_refusal(refused, line, verdict)
            progress.update(len(judged))


def _report(asked: argparse.Namespace, tally: Tally, retried: int, seconds: float) -> None:
    print(
        f"accepted {tally.accepted}, refused {tally.refused}, requests sent again {retried}, "
        f"{seconds:.1f} s, {tally.lines / seconds:.0f} plays/s"
    )
    if tally.refused:
        print(f"refused lines, with their codes: {asked.refused}")
    else:
        Path(asked.refused).unlink(missing_ok=True)


def main(arguments: Sequence[str]) -> int:
    """Post the file; 0 when every line has a verdict, 1 when not, 130 when interrupted."""
    asked = _read(arguments)
    tally, started = Tally(), time.monotonic()
    poster = TopSongs(asked.url, asked.key, patience_seconds=asked.patience)
    try:
        _post(asked, poster, tally)
        return 0
    except KeyboardInterrupt:
        print(f"interrupted: the first {tally.lines} plays have a verdict", file=sys.stderr)
        return INTERRUPTED
    except FAILURES as error:
        print(f"gave up after {tally.lines} plays: {error}", file=sys.stderr)
        return 1
    finally:
        _report(asked, tally, poster.retried, time.monotonic() - started)
        poster.close()


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    settings = Settings()
    parser = argparse.ArgumentParser(prog="python -m clients.post_plays", description=__doc__)
    parser.add_argument("file", help="JSON lines, gzipped or not; - reads standard input")
    parser.add_argument("--url", default=settings.ingest_url, help="where ingest is")
    parser.add_argument("--key", help="a write key; INGEST_KEY when not given")
    parser.add_argument("--batch", type=int, default=500, help="plays in one request")
    parser.add_argument("--concurrency", type=int, default=4, help="requests under way at once")
    parser.add_argument("--patience", type=float, default=600, help="seconds to go on trying")
    parser.add_argument("--refused", help="where refused lines go; FILE.refused.jsonl when not given")
    parser.add_argument("--quiet", action="store_true", help="show no progress bar")
    asked = parser.parse_args(arguments)
    if asked.key is None and settings.ingest_key is None:
        parser.error("a key is needed: --key, or INGEST_KEY in the environment")
    if asked.file != STANDARD_INPUT and not Path(asked.file).exists():
        parser.error(f"there is no file {asked.file}")
    if asked.key is None and settings.ingest_key is not None:
        asked.key = settings.ingest_key.get_secret_value()
    asked.refused = asked.refused or f"{_stem(asked.file)}.refused.jsonl"
    return asked


def _stem(file: str) -> str:
    return "plays" if file == STANDARD_INPUT else Path(file).name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
