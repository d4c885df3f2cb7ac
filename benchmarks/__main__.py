"""``python -m benchmarks [NAME …]``: measure against the running stack, all benchmarks or the named ones.

Each prints what it measured, and as its last line one JSON object.
"""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from local.environment import load_environment

NO_BENCHMARKS = ("__main__", "settings")


def names() -> list[str]:
    """The benchmarks there are: the other modules of this folder, its packages left out."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    found = (module.name for module in modules if not module.ispkg)
    return [name for name in found if name not in NO_BENCHMARKS]


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks; 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; all when left out")
    asked = parser.parse_args(arguments).names
    if unknown := sorted(set(asked) - set(names())):
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    load_environment()
    outcomes = [_run(name) for name in asked or names()]
    return 0 if all(outcomes) else 1


def _run(name: str) -> bool:
    outcome = import_module(f"benchmarks.{name}").measure()
    print(json.dumps(outcome), flush=True)
    return bool(outcome["holds"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
