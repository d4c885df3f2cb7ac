"""Ctrl-C in tests."""

import signal


def heed_interrupts() -> None:
    """For a new process to call first: where the tests run in the background, shells have Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
