"""``python -m benchmarks [NAME …]``: run all benchmarks or the named ones.

Each prints what it measured, and as its last line one JSON object. The results of a run of all are collected in
docs/performance.md; with ``--record`` those of the named ones too. Some need the running stack and say so.
"""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.results_page import record
from local.environment import load_environment

NO_BENCHMARKS = ("__main__", "results_page", "settings")


def names() -> list[str]:
    """The benchmarks there are: the other modules of this folder, its packages left out."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    found = (module.name for module in modules if not module.ispkg)
    return [name for name in found if name not in NO_BENCHMARKS]


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks; 0 when every one could be run and every goal is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; all when left out")
    parser.add_argument("--record", action="store_true", help="write the results into docs/performance.md")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.names) - set(names())):
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    load_environment()
    outcomes = [outcome for outcome in map(_run, options.names or names()) if outcome is not None]
    if options.record or not options.names:
        record(outcomes)
    return 0 if len(outcomes) == len(options.names or names()) and all(one["holds"] for one in outcomes) else 1


def _run(name: str) -> dict[str, Any] | None:
    """What a benchmark measured; nothing when it could not be run, which keeps no other from running."""
    try:
        outcome: dict[str, Any] = import_module(f"benchmarks.{name}").measure()
    except Exception:
        print(f"{name} could not be run:", file=sys.stderr)
        traceback.print_exc()
        return None
    print(json.dumps(outcome), flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
