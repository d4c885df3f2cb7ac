"""Rows of Last.fm's XML, as its API answers and as exporters save it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from clients.importers.rows import BrokenFileError, Row

CHUNK: Final = 1 << 16
START: Final = 2_000
HTML: Final = "HTML is not read; ask the service for JSON or CSV (in Google's Takeout: Multiple formats, history, JSON)"
TRACK: Final = "track"


def read_tracks(text: IO[str], start: str) -> Iterator[Row]:
    """Return each ``track`` as Last.fm's JSON has it; raises ``BrokenFileError`` for HTML and where XML breaks off."""
    if any(mark in start[:START].lower() for mark in ("<html", "<!doctype html", "<body", "<div")):
        raise BrokenFileError(HTML)
    return _walk(text)


def _walk(text: IO[str]) -> Iterator[Row]:
    number, open_elements = 0, list[Element]()
    for event, element in _parse(text):
        if event == "start":
            open_elements.append(element)
            continue
        open_elements.pop()
        if element.tag == TRACK:
            number += 1
            yield Row(number, _describe(element))
            if open_elements:
                open_elements[-1].remove(element)
    if not number:
        raise BrokenFileError("it is XML without track elements, so no history of Last.fm")


def _parse(text: IO[str]) -> Iterator[tuple[str, Element]]:
    parser = XMLPullParser(("start", "end"))
    try:
        parser.feed(text.read(CHUNK).lstrip("\ufeff \t\r\n"))
        yield from _read_elements(parser)
        for chunk in iter(lambda: text.read(CHUNK), ""):
            parser.feed(chunk)
            yield from _read_elements(parser)
        parser.close()
    except ParseError as error:
        raise BrokenFileError(f"the file is no XML, or ends in the middle of it: {error}") from error


def _read_elements(parser: XMLPullParser) -> Iterator[tuple[str, Element]]:
    yield from cast(Iterator[tuple[str, Element]], parser.read_events())


def _describe(track: Element) -> dict[str, Any]:
    described: dict[str, Any] = {"@attr": dict(track.attrib)} if track.attrib else {}
    for child in track:
        name = child.findtext("name")
        described[child.tag] = child.text if name is None else name
        if child.attrib:
            described[child.tag] = {"#text": described[child.tag], **child.attrib}
    return described
