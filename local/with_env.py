"""Runs a command with the variables of `.env`: `python -m local.with_env COMMAND [ARGUMENT …]`."""

import os
import sys

from local.environment import load_environment


def main() -> None:
    """Becomes the command; a variable that the environment has already keeps its value."""
    load_environment()
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
