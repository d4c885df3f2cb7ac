"""Title, description and Open Graph tags in the head of the dashboard's page, for readers that run no script."""

from __future__ import annotations

import re
from html import escape
from typing import Final, NamedTuple

_TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
_DESCRIPTION: Final = re.compile(r'<meta\s+name="description"\s+content="[^"]*"\s*/?>')
SITE: Final = "Top Songs"


class PageTags(NamedTuple):
    """What a page says of itself."""

    title: str
    description: str
    address: str
    picture: str | None = None
    feed: str | None = None
    oembed: str | None = None


def fill_head(page: str, tags: PageTags) -> str:
    """The page with its title and description replaced, and the tags of a preview before the end of its head."""
    description = f'<meta name="description" content="{escape(tags.description)}" />'
    page = _TITLE.sub(lambda _: f"<title>{escape(tags.title)}</title>", page, count=1)
    page = _DESCRIPTION.sub("", page, count=1)
    return page.replace("</head>", "\n".join([description, *_preview(tags), "</head>"]), 1)


def _preview(tags: PageTags) -> list[str]:
    properties = {
        "og:site_name": SITE,
        "og:type": "website",
        "og:title": tags.title,
        "og:description": tags.description,
        "og:url": tags.address,
        "twitter:card": "summary_large_image" if tags.picture else "summary",
    }
    if tags.picture:
        size = {"og:image:width": "1200", "og:image:height": "630", "og:image:alt": tags.description}
        properties |= {"og:image": tags.picture, **size}
    lines = [f'<meta property="{name}" content="{escape(value)}" />' for name, value in properties.items()]
    lines.append(f'<link rel="canonical" href="{escape(tags.address)}" />')
    if tags.feed:
        lines.append(f'<link rel="alternate" type="application/atom+xml" href="{escape(tags.feed)}" />')
    if tags.oembed:
        lines.append(f'<link rel="alternate" type="application/json+oembed" href="{escape(tags.oembed)}" />')
    return lines
