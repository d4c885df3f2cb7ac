"""Count how often supervisord has started each part, to find those that fail again and again."""

import time
from collections import defaultdict

from local.stack.supervisor import Supervisor

GIVE_UP_SECONDS = 30
# One or two failures may pass: a server that another part needs was slow.
MOST_FAILURES = 2


class FailsAgainAndAgainError(Exception):
    """A part ends each time it is started; the text says how often and in how many seconds."""


class Restarts:
    """The starts seen since this object was made."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor, self._begun = supervisor, time.monotonic()
        self._starts: defaultdict[str, set[int]] = defaultdict(set)

    def must_be_few(self, part: str) -> None:
        """Look at a part; call this at least once a second.

        Raises FailsAgainAndAgainError when it has ended more often than MOST_FAILURES and GIVE_UP_SECONDS have passed.
        """
        started = self._supervisor.processes()[part]["start"]
        starts, seconds = self._starts[part], time.monotonic() - self._begun
        if started:
            starts.add(started)
        failures = len(starts) - 1
        if failures > MOST_FAILURES and seconds > GIVE_UP_SECONDS:
            raise FailsAgainAndAgainError(
                f"{part} was started {len(starts)} times in {seconds:.0f} s and ended each time"
            )
