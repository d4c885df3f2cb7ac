"""The table of the newest results in docs/performance.md, between two marks that only this module writes."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from local.environment import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- benchmarks: written by `make bench` -->"
END: Final = "<!-- end of benchmarks -->"
HEAD: Final = ("benchmark", "ratio", "goal", "holds", "also", "measured")
NAMED: Final = ("name", "ratio", "goal", "holds")
GIBIBYTE: Final = 2**30


def record(outcomes: Sequence[Mapping[str, Any]], page: Path = PAGE) -> None:
    """Put each outcome in the place of the benchmark's former one; the rows of other benchmarks stay."""
    before, _, rest = page.read_text().partition(BEGIN)
    block, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{page} has no place for results: {BEGIN} … {END}")
    rows = _read_rows(block) | {str(one["name"]): _write_row(one) for one in outcomes}
    table = [_join(HEAD), _join(["---"] * len(HEAD)), *(rows[name] for name in sorted(rows))]
    page.write_text(before + "\n".join([BEGIN, *table, END]) + after)


def _read_rows(block: str) -> dict[str, str]:
    lines = [line for line in block.splitlines() if line.startswith("|")][2:]
    return {line.split("|")[1].strip(" `"): line for line in lines}


def _write_row(outcome: Mapping[str, Any]) -> str:
    also = ", ".join(f"{name} {_write(value)}" for name, value in outcome.items() if name not in NAMED)
    measured = f"{datetime.now(UTC):%Y-%m-%d}, {_describe_machine()}"
    holds = "yes" if outcome["holds"] else "**no**"
    cells = (f"`{outcome['name']}`", outcome.get("ratio", ""), outcome.get("goal", ""), holds, also, measured)
    return _join(map(str, cells))


def _write(value: object) -> str:
    return "–".join(map(str, value)) if isinstance(value, list) else str(value)


def _join(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _describe_machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    return f"{os.cpu_count()} cores {platform.machine()}, {memory:.0f} GiB, Python {platform.python_version()}"
