"""Turns the files of an export into plays, and accounts for every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from clients.importers.recognise import Recognised, recognise
from clients.importers.rows import Format, Import, Play, Row, SkippedRowError
from clients.importers.sources.files import UNREADABLE, find_files
from clients.importers.spotify.account import ACCOUNT
from clients.importers.spotify.doubles import StreamDoubles
from clients.importers.spotify.extended import EXTENDED
from clients.importers.summary import Summary
from ingest.play import SubmittedPlay

SHOWN_UNKNOWN: Final = 5


class NothingToImportError(Exception):
    """Nothing behind the path is in a format that is known, or it cannot be placed."""


def convert(path: Path, family: str | None, wanted: Import, summary: Summary) -> Iterator[Play]:
    """Return the plays of everything behind ``path``; ``summary`` counts them and all other rows.

    Raises ``NothingToImportError`` when no file is in a known format.
    """
    files = _recognise_all(path, family, summary)
    if wanted.region is None and (placeless := [one for one in files if not _says_region(one.format)]):
        raise NothingToImportError(
            f"{placeless[0].file.name} does not say where you were: --region is needed, such as --region GB"
        )
    account = _Account(wanted, summary)
    for file in files:
        yield from account.read(file)


def _says_region(known: Format | None) -> bool:
    return known is not None and known.says_region


def _recognise_all(path: Path, family: str | None, summary: Summary) -> list[Recognised]:
    files: list[Recognised] = []
    unknown: list[str] = []
    for file in find_files(path):
        try:
            one = recognise(file, family)
        except UNREADABLE as error:
            summary.unread.append(f"{file.name} was not read: {error}")
            continue
        if one.format is None:
            unknown.append(f"{file.name}: {one.seen}")
        else:
            files.append(one)
    if not files:
        raise NothingToImportError(_describe_unknown(path, family, [*unknown, *summary.unread]))
    return _drop_account_data(files, summary)


def _describe_unknown(path: Path, family: str | None, seen: Sequence[str]) -> str:
    what = f"nothing of {family}" if family else "nothing in a known format"
    shown = "\n".join(f"  {one}" for one in seen[:SHOWN_UNKNOWN])
    return f"{path} holds {what}. Seen:\n{shown}" if seen else f"{path} holds no JSON, CSV or log file"


def _drop_account_data(files: list[Recognised], summary: Summary) -> list[Recognised]:
    """The extended history has the account data's streams, to the second; both would count twice."""
    if not any(one.format is EXTENDED for one in files):
        return files
    for one in files:
        if one.format is ACCOUNT:
            summary.unread.append(
                f"{one.file.name} was left out: the extended history has its streams; or import it alone"
            )
    return [one for one in files if one.format is not ACCOUNT]


class _Account:
    """The rows of one import, judged one after the other."""

    def __init__(self, wanted: Import, summary: Summary) -> None:
        self._wanted = wanted
        self._summary = summary
        self._doubles = StreamDoubles()
        self._seen: set[int] = set()

    def read(self, file: Recognised) -> Iterator[Play]:
        """Return one file's plays; where it breaks off, what stands before counts."""
        assert file.format is not None
        before = self._summary.plays
        try:
            with file.open_rows() as rows:
                yield from self._read_rows(file, file.format, rows)
        except UNREADABLE as error:
            self._summary.unread.append(f"{file.file.name} was read up to where it is broken: {error}")
        taken = self._summary.plays - before
        spelt = "" if file.encoding.startswith("utf") else f", read as {file.encoding}"
        self._summary.files.append(f"{file.file.name}: {file.format.name}{spelt}, {taken} plays")

    def _read_rows(self, file: Recognised, known: Format, rows: Iterator[Row]) -> Iterator[Play]:
        for row in rows:
            try:
                play = self._describe(row, known)
            except SkippedRowError as error:
                self._summary.skip(str(error), f"{file.file.name} {row.number}")
            except OverflowError:
                # Such as the year 1, which programs write for no time at all.
                self._summary.skip("a time out of range", f"{file.file.name} {row.number}")
            except ValidationError as error:
                self._summary.skip(_name_fault(error), f"{file.file.name} {row.number}")
            else:
                self._summary.take(play, is_repeat=self._is_repeat(play))
                yield play

    def _describe(self, row: Row, known: Format) -> Play:
        if row.fault is not None:
            raise SkippedRowError(row.fault)
        if not isinstance(row.value, dict) or not known.matches(row.value):
            raise SkippedRowError(f"no row of {known.name}")
        play = {"user_id": self._wanted.listener} | known.describe(row.value, self._wanted)
        SubmittedPlay.model_validate(play)
        if known.doubles and self._doubles.is_double(play):
            raise SkippedRowError("the same stream a second time")
        return play

    def _is_repeat(self, play: Play) -> bool:
        known = len(self._seen)
        self._seen.add(hash((play["title"].casefold(), play["artist"].casefold(), play["played_at"])))
        return len(self._seen) == known


def _name_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"])) or "played_at"
    return f"{place}: {fault['msg']}"
