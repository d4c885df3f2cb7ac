"""The picture of a chart that a shared link shows: number one large, the next four beside it."""

from __future__ import annotations

import io
from colorsys import hls_to_rgb
from typing import Final

from PIL import Image, ImageDraw

from api.previews.facts import ChartFacts
from api.previews.fonts import Font, font_for

SIZE: Final = (1200, 630)
SONGS: Final = 5
_EDGE: Final = 64
_RIGHT: Final = 660
"""Where the next four songs begin."""
_SMALLER: Final = 0.75
_PAGE: Final = (20, 22, 28)
_WHITE: Final = (255, 255, 255)
_QUIET: Final = (180, 187, 202)
_ACCENT: Final = (163, 174, 255)
_LINE: Final = (44, 48, 60)


def draw_card(chart: ChartFacts, source: str) -> bytes:
    """The picture as PNG; ``source`` is the line at its foot."""
    image = Image.new("RGB", SIZE, _PAGE)
    drawing = ImageDraw.Draw(image)
    _write(drawing, (_EDGE, 52), f"NUMBER 1 {chart.place.upper()}", 28, SIZE[0] - 2 * _EDGE, _ACCENT, bold=True)
    if chart.entries:
        _draw_leader(image, drawing, chart.entries[0])
        _draw_others(drawing, chart.entries[1:SONGS])
    else:
        _write(drawing, (_EDGE, 270), chart.nothing, 64, SIZE[0] - 2 * _EDGE, _WHITE, bold=True)
    drawing.line((_EDGE, 552, SIZE[0] - _EDGE, 552), _LINE, 2)
    _write(drawing, (_EDGE, 574), f"{chart.window} · {source}", 24, SIZE[0] - 2 * _EDGE, _QUIET)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _draw_leader(image: Image.Image, drawing: ImageDraw.ImageDraw, entry: dict[str, object]) -> None:
    width = _RIGHT - _EDGE - 48
    image.paste(_tile(str(entry["song_id"]), 200), (_EDGE, 116))
    _write(drawing, (_EDGE, 340), str(entry["title"]), 56, width, _WHITE, bold=True)
    _write(drawing, (_EDGE, 416), str(entry["artist"]), 36, width, _QUIET)
    plays, listeners = (f"{int(str(entry[name])):,}" for name in ("plays", "listeners"))
    _write(drawing, (_EDGE, 480), f"{plays} plays by {listeners} listeners", 28, width, _QUIET)


def _draw_others(drawing: ImageDraw.ImageDraw, entries: list[dict[str, object]]) -> None:
    for place, entry in enumerate(entries):
        top = 116 + place * 106
        _write(drawing, (_RIGHT, top + 14), str(entry["rank"]), 44, 60, _ACCENT, bold=True)
        width = SIZE[0] - _EDGE - _RIGHT - 80
        _write(drawing, (_RIGHT + 80, top), str(entry["title"]), 36, width, _WHITE, bold=True)
        _write(drawing, (_RIGHT + 80, top + 48), str(entry["artist"]), 26, width, _QUIET)


def _write(
    drawing: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    size: int,
    width: int,
    colour: tuple[int, int, int],
    *,
    bold: bool = False,
) -> None:
    """One line, somewhat smaller where it is too long, then cut with an ellipsis."""
    font = font_for(text, size, bold)
    if font.getlength(text) > width:
        font = font_for(text, round(size * _SMALLER), bold)
    drawing.text(place, _cut(text, font, width), colour, font)


def _cut(text: str, font: Font, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    kept = text
    while kept and font.getlength(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _tile(song_id: str, side: int) -> Image.Image:
    """The song's own colours, from its identity, as the dashboard has such a tile."""
    number = int(song_id.rpartition("_")[2], 16)
    first, second = number % 360, (number + 50 + (number >> 9) % 110) % 360
    down = Image.linear_gradient("L").resize((side, side))
    ramp = Image.blend(down, down.transpose(Image.Transpose.ROTATE_90), 0.5)
    return Image.composite(
        Image.new("RGB", (side, side), _colour(first, 0.6)), Image.new("RGB", (side, side), _colour(second, 0.35)), ramp
    )


def _colour(hue: int, lightness: float) -> tuple[int, int, int]:
    red, green, blue = hls_to_rgb(hue / 360, lightness, 0.6)
    return round(red * 255), round(green * 255), round(blue * 255)
