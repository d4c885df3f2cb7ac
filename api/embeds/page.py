"""The page of a chart for a frame of another site: no menu, one file, a line that names its source."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Any, Final

from api.previews.addresses import chart_address
from api.previews.facts import ChartFacts

_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">$refresh
<title>$title</title>
<style>
:root { color-scheme: light dark; --ink: light-dark(#12141a, #eff1f5); --quiet: light-dark(#565d6b, #a0a8b6);
  --line: light-dark(#e3e5ea, #282d37); --page: light-dark(#fff, #16191f); --link: light-dark(#3346e6, #a3aeff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.35 system-ui, sans-serif; }
main { border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; }
h1 { margin: 0; font-size: 18px; } p { margin: 2px 0 0; color: var(--quiet); font-size: 13px; }
table { width: 100%; margin-top: 8px; border-collapse: collapse; table-layout: fixed; }
tr + tr { border-top: 1px solid var(--line); } td, th { padding: 7px 0; text-align: left; font-weight: normal; }
th b, th span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
th span { color: var(--quiet); font-size: 13px; }
.rank { width: 36px; font-weight: 700; } .move { width: 56px; color: var(--quiet); font-size: 13px; }
.plays { width: 76px; text-align: right; font-variant-numeric: tabular-nums; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
a { color: var(--link); }
</style>
</head>
<body>
<main>
<h1>$heading</h1>
<p>$window</p>
<table><caption class="said">$heading, $window</caption>
<thead class="said"><tr><th scope="col">Rank</th><th scope="col">Movement</th><th scope="col">Song</th>
<th scope="col">Plays</th></tr></thead>
<tbody>$rows</tbody></table>
<p>Source: <a href="$link" target="_blank" rel="noopener">Top Songs</a>$counted</p>
</main>
<script src="/embed-frame.js"></script>
</body>
</html>
""")
_SIGNS: Final = {"new": "New", "re_entry": "↺ back", "same": "–"}
REFRESH_SECONDS: Final = 60


def write_page(chart: ChartFacts, public_url: str, is_fixed: bool) -> str:
    """The page; one that follows the newest chart loads itself again."""
    heading = f"Top songs {chart.place}"
    counted = (
        ""
        if chart.is_final or chart.complete_through is None
        else f" · counted up to {chart.complete_through:%H:%M} UTC"
    )
    return _PAGE.substitute(
        title=escape(f"{heading} · Top Songs"),
        refresh="" if is_fixed else f'\n<meta http-equiv="refresh" content="{REFRESH_SECONDS}">',
        heading=escape(heading),
        window=escape(chart.window),
        rows="\n".join(map(_row, chart.entries)) or f'<tr><th scope="row">{chart.nothing}.</th></tr>',
        link=escape(chart_address(public_url, chart.grain, chart.region, chart.window_start if is_fixed else None)),
        counted=escape(counted),
    )


def _row(entry: dict[str, Any]) -> str:
    title, artist = escape(entry["title"]), escape(entry["artist"])
    return (
        f'<tr><td class="rank">{entry["rank"]}</td><td class="move">{_sign(entry)}</td>'
        f'<th scope="row"><b dir="auto">{title}</b><span dir="auto">{artist}</span></th>'
        f'<td class="plays">{entry["plays"]:,}</td></tr>'
    )


def _sign(entry: dict[str, Any]) -> str:
    movement, before = entry["movement"], entry["previous_rank"]
    if movement in _SIGNS or before is None:
        return _SIGNS.get(movement, "")
    return f"{'▲' if movement == 'up' else '▼'} {abs(before - entry['rank'])}"
