"""Tell whether the live counter counts: `python -m streaming.live.health` exits with 0 when it does.

Kafka and Postgres may both be well while the counter hangs, so what it stored last is what counts.
"""

from __future__ import annotations

import sys
from typing import Final

import psycopg

from streaming.live.settings import LiveSettings

COUNTED_LATELY: Final = "select 1 from live.offsets having min(counted_at) > now() - interval '10 seconds'"
"""One row when every partition was committed within ten seconds; the counter commits each second."""


def main() -> None:
    """Ask Postgres; a counter that is turned off is well."""
    settings = LiveSettings()
    if settings.live_counts == "off":
        return
    with psycopg.connect(settings.conninfo) as connection:
        if connection.execute(COUNTED_LATELY).fetchone() is None:
            sys.exit("the live counter has not counted for 10 s")


if __name__ == "__main__":
    main()
