"""The stack without containers: `python -m local.stack up | down | status | logs | clean`."""

import argparse
import logging
import os
import shutil
import signal
import sys
from collections.abc import Sequence

from local.environment import env_file, load_environment, make_env_file
from local.settings import LocalSettings
from local.stack.orphan_processes import processes_of
from local.stack.parts import PARTS, parts_named
from local.stack.starting import CannotStartError, refuse_to_start_twice, start
from local.stack.status import table
from local.stack.stopping import stop

log = logging.getLogger("local")


def up(settings: LocalSettings, names: list[str]) -> int:
    """Starts the named parts, or all; a stack that fails to start is stopped again."""
    refuse_to_start_twice(settings)
    try:
        start(settings, parts_named(names))
    except BaseException:
        down(settings)
        raise
    return 0


def down(settings: LocalSettings) -> int:
    """Stops the stack; a second Ctrl-C does not leave half of it running."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        stop(settings)
    finally:
        signal.signal(signal.SIGINT, before)
    return 0


def status(settings: LocalSettings) -> int:
    """Prints the table of parts; the exit status is 0 when every part is ready."""
    lines, all_ready = table(settings)
    for line in lines:
        log.info("%s", line)
    return 0 if all_ready else 1


def logs(settings: LocalSettings, names: list[str]) -> int:
    """Follows the logs of the named parts, or of all."""
    folder = settings.data_dir / "logs"
    files = [str(folder / f"{part.name}.log") for part in parts_named(names)]
    os.execvp("tail", ["tail", "--lines=30", "--follow=name", "--retry", *files])


def clean(settings: LocalSettings) -> int:
    """Removes the data folder and `.env`; refuses while anything of the stack runs."""
    if processes_of(settings.data_dir):
        raise CannotStartError("the stack is running; `make down` stops it")
    if settings.data_dir.exists():
        shutil.rmtree(settings.data_dir)
    env_file().unlink(missing_ok=True)
    return 0


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Reads the command line; `--help` explains it."""
    parser = argparse.ArgumentParser(prog="python -m local.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    names = ", ".join(part.name for part in PARTS)
    for command, explanation in (
        ("up", "start the parts and return when each is ready"),
        ("logs", "follow what the parts print"),
    ):
        one = commands.add_parser(command, help=explanation)
        one.add_argument("parts", nargs="*", metavar="PART", help=f"one of {names} (default: all)")
    commands.add_parser("down", help="stop everything, also what a killed supervisor left behind")
    commands.add_parser("status", help="show each part's state, ports and readiness")
    commands.add_parser("clean", help="remove the data folder and .env; downloads are kept")
    return parser.parse_args(arguments)


def run(arguments: Sequence[str]) -> int:
    """Does what the command line asks; returns the exit status."""
    asked = read_arguments(arguments)
    make_env_file(env_file())
    load_environment()
    settings = LocalSettings.of()
    commands = {"down": down, "status": status, "clean": clean}
    if asked.command in commands:
        return commands[asked.command](settings)
    return {"up": up, "logs": logs}[asked.command](settings, asked.parts)


def main() -> None:
    """The program: errors that a user can act on are one sentence each, without a traceback."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    try:
        sys.exit(run(sys.argv[1:]))
    except (CannotStartError, TimeoutError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
