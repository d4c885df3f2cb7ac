"""``python -m benchmarks.live_load.one_line``: both benchmarks of freshness, one after the other on the same line.

Each alone needs minutes to fill the day that live counts hold before. ``--record`` writes their results into
docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from benchmarks import burst_drain, freshness_p99_seconds
from benchmarks.live_load.line import RateSettings, line_with_live_day
from benchmarks.results_page import record
from local.environment import load_environment


def main(arguments: Sequence[str]) -> int:
    """Run both; 0 when both goals are met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_load.one_line", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the results into docs/performance.md")
    options = parser.parse_args(arguments)
    load_environment()
    settings, outcomes = RateSettings(), []
    with line_with_live_day(settings.live_plays) as line:
        for benchmark in (freshness_p99_seconds, burst_drain):
            outcomes.append(benchmark.measure_on(line, settings))
            print(json.dumps(outcomes[-1]), flush=True)
    if options.record:
        record(outcomes)
    return 0 if all(outcome["holds"] for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
