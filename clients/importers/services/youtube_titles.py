"""The words that Takeout writes around a title: "Watched Blue Train", in the language of the account.

Which words they are follows from the titles themselves where the language is not one of those that were seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from clients.importers.rows import Row

Around = tuple[str, str]
"""What stands before and behind a title."""
KNOWN: Final[Sequence[Around]] = (
    ("Watched ", ""),
    ("Has visto ", ""),
    ("Hai guardato ", ""),
    ("Vous avez regardé ", ""),
    ("Você assistiu a ", ""),
    ("Obejrzano: ", ""),
    ("", " angesehen"),
    ("", " bekeken"),
    ("", " を視聴しました"),
)
SAMPLE: Final = 500
ENOUGH: Final = 3
"""So many titles must share words; fewer might be of songs that do."""
BEFORE_TITLE: Final = " :„“\"'«「『"
BEHIND_TITLE: Final = " ”“\"'»」』"
QUOTES: Final = '„“”"«»「」『』 '


def unwrap_titles(rows: Iterator[Row]) -> Iterator[Row]:
    """Return the rows with their songs' titles alone."""
    sample = list(islice(rows, SAMPLE))
    titles = {title for row in sample if (title := _read_title(row)) and not _find_known(title)}
    learned = _learn(sorted(titles)) if len(titles) >= ENOUGH else ("", "")
    for row in chain(sample, rows):
        title = _read_title(row)
        around = title and (_find_known(title) or learned)
        yield row._replace(value=row.value | {"title": _unwrap(title, around)}) if title and around else row


def _read_title(row: Row) -> str | None:
    """The title of a row with a channel, that is of one that is not gone."""
    if not isinstance(row.value, dict) or not row.value.get("subtitles"):
        return None
    return str(row.value.get("title") or "").replace("\xa0", " ")


def _find_known(title: str) -> Around | None:
    return next((one for one in KNOWN if title.startswith(one[0]) and title.endswith(one[1])), None)


def _learn(titles: Sequence[str]) -> Around:
    """What all titles have before and behind them, up to where a word or a quotation ends."""
    before = _find_shared_start(titles)
    behind = _find_shared_start([title[len(before) :][::-1] for title in titles])[::-1]
    start = max(before.rfind(mark) for mark in BEFORE_TITLE) + 1
    ends = [place for mark in BEHIND_TITLE if (place := behind.find(mark)) >= 0]
    return before[:start], behind[min(ends) :] if ends else ""


def _find_shared_start(titles: Sequence[str]) -> str:
    first, last = min(titles), max(titles)  # in order; what these share all share
    pairs = zip(first, last, strict=False)
    length = next((place for place, (one, other) in enumerate(pairs) if one != other), len(first))
    return first[:length]


def _unwrap(title: str, around: Around) -> str:
    before, behind = around
    if not (title.startswith(before) and title.endswith(behind)):
        return title
    inner = title[len(before) : len(title) - len(behind)]
    # Where words follow the title it is in quotation marks, or may be.
    return inner.strip(QUOTES) if behind else inner
