"""Responses of Audioscrobbler 2.0: one content, written as JSON or as XML."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import JSONResponse, Response

ATTRIBUTES: Final = ("corrected", "code", "uts")
"""Members that XML writes as attributes, as it does all of ``@attr``."""
Content = dict[str, Any]


def write_content(content: Content, *, as_json: bool) -> Response:
    """Return the response to a request that succeeded."""
    if as_json:
        return JSONResponse(content)
    root = Element("lfm", status="ok")
    _fill(root, content)
    return _write_xml(root, 200)


def write_error(code: int, message: str, status: int, *, as_json: bool, retry_after: str | None = None) -> Response:
    """Return the response to a request that failed."""
    if as_json:
        response: Response = JSONResponse({"error": code, "message": message}, status)
    else:
        root = Element("lfm", status="failed")
        SubElement(root, "error", code=str(code)).text = message
        response = _write_xml(root, status)
    if retry_after is not None:
        response.headers["Retry-After"] = retry_after
    return response


def _fill(element: Element, content: Content) -> None:
    for name, value in content.items():
        if name == "#text":
            element.text = value
        elif name in ATTRIBUTES:
            element.set(name, str(value))
        elif name == "@attr":
            element.attrib.update({one: str(said) for one, said in value.items()})
        else:
            for one in value if isinstance(value, list) else [value]:
                child = SubElement(element, name)
                if isinstance(one, dict):
                    _fill(child, one)
                else:
                    child.text = str(one)


def _write_xml(root: Element, status: int) -> Response:
    # XML has no way to write control characters.
    text = "".join(one for one in tostring(root, encoding="unicode") if one >= " " or one in "\t\n\r")
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', status, media_type="text/xml")
