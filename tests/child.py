"""``python -m tests.child COMMAND …`` becomes the command, as a child of the tests.

It heeds Ctrl-C, which shells have ignored in the background, and ends with the process that started it. Both are said
here, not by code between fork and exec: gRPC, under Spark's client, does not always survive a fork of Python.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from local.servers.part import die_with_parent


def child(command: Sequence[str]) -> list[str]:
    """Returns ``command`` as it is run; with the checkout as its working folder."""
    return [sys.executable, "-m", "tests.child", *command]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])
