"""A chart as an Atom feed (RFC 4287): one entry a window, written once it has ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from xml.etree import ElementTree

from api.charts.grains import Grain
from api.charts.links import write_instant
from api.previews.addresses import chart_address

ATOM: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may contain (XML 1.0, 2.2)."""

Row = Mapping[str, Any]


def write_feed(public_url: str, path: str, grain: Grain, region: str, name: str, rows: Iterable[Row]) -> bytes:
    """The feed of a region's chart; ``rows`` are entries, newest window first, then by rank."""
    title = f"Top Songs: {name} by the {grain}"
    feed = ElementTree.Element("feed", xmlns=_NAMESPACE)
    self_address = f"{public_url}{path}?region={region}"
    charts = [(start, list(entries)) for start, entries in groupby(rows, key=lambda row: row["window_start"])]
    updated = charts[0][1][0]["window_end"] if charts else datetime.fromisoformat("1970-01-01T00:00:00Z")
    _add(feed, "id", self_address)
    _add(feed, "title", title)
    _add(feed, "updated", write_instant(updated))
    _add(feed, "author", children={"name": "Top Songs"})
    _add(feed, "link", rel="self", type=ATOM, href=self_address)
    _add(feed, "link", rel="alternate", type="text/html", href=chart_address(public_url, grain, region))
    for start, entries in charts:
        _add_chart(feed, chart_address(public_url, grain, region, start), entries)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add_chart(feed: ElementTree.Element, address: str, entries: list[Row]) -> None:
    first, ended = entries[0], entries[0]["window_end"]
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", address)
    _add(entry, "title", f"Number 1: {_xml_text(first['title'])} – {_xml_text(first['artist'])}")
    _add(entry, "updated", write_instant(ended))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    lines = [
        f"{each['rank']}. {_xml_text(each['title'])} – {_xml_text(each['artist'])} ({each['plays']:,} plays)"
        for each in entries
    ]
    _add(entry, "content", "\n".join(lines), type="text")


def _add(
    parent: ElementTree.Element, tag: str, text: str = "", children: Mapping[str, str] | None = None, **attributes: str
) -> None:
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text or None
    for name, value in (children or {}).items():
        ElementTree.SubElement(element, name).text = value


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
