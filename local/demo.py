"""The whole line in the foreground: the stack, simulated listeners, and where to look; Ctrl-C ends it."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.request
from types import FrameType

import psutil

from local.environment import ROOT, load_environment
from local.service_variables import for_service
from local.settings import LocalSettings
from local.stack.commands import down, up
from local.stack.orphan_processes import end_processes
from local.stack.starting import CannotStartError

FIRST_CHART_SECONDS = 120
FAREWELL_SECONDS = 3
log = logging.getLogger("local")


def addresses(settings: LocalSettings) -> list[str]:
    """Returns what there is to look at, one line each."""
    api, console = settings.api_url, f"http://localhost:{settings.minio_console_port}"
    return [
        f"dashboard       {api}",
        f"API             {api}/docs",
        f"lineage         {api}/lineage",
        f"Prefect         http://localhost:{settings.prefect_port} (login: PREFECT_API_AUTH_STRING in .env)",
        f"MinIO console   {console} (user {settings.minio_root_user}, password in .env)",
        f"ingest          {settings.ingest_url}/docs",
    ]


def first_chart(settings: LocalSettings) -> list[str]:
    """Returns the lines of the newest hourly chart of the world, none while there is no chart."""
    url = f"{settings.api_url}/charts/hourly?region=global&limit=5"
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            entries = json.load(response)["entries"]
    except OSError:
        return []
    row = "{rank:>4}  {title} – {artist} ({plays} plays)"
    return [row.format_map(entry) for entry in entries]


def simulator_command(settings: LocalSettings) -> list[str]:
    """Returns the simulator's command: some hours of history first, and every kind of trouble."""
    options = {
        "history-hours": 6,
        "history-plays": 3_000,
        "ledger": settings.data_dir / "ledger.jsonl",
    }
    flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    return [sys.executable, "-m", "clients.simulator", "--honest", *flags]


def simulate(settings: LocalSettings) -> int:
    """Runs the simulator till it ends, and shows the first chart; returns the simulator's exit status."""
    with subprocess.Popen(simulator_command(settings), cwd=ROOT, env=for_service("simulator", os.environ)) as simulator:
        try:
            _watch(simulator, settings)
        finally:
            _end(simulator)
    return simulator.returncode


def _watch(simulator: subprocess.Popen[bytes], settings: LocalSettings) -> None:
    started, shown = time.monotonic(), False
    while simulator.poll() is None:
        time.sleep(1)
        seconds = time.monotonic() - started
        if not shown and (lines := first_chart(settings)):
            shown = True
            log.info("\nfirst chart after %.0f s:\n%s\n", seconds, "\n".join(lines))
        elif not shown and seconds > FIRST_CHART_SECONDS:
            shown = True
            log.warning("no chart after %.0f s; `make status` and `make logs` tell why", seconds)


def _end(simulator: subprocess.Popen[bytes]) -> None:
    """Ctrl-C reaches the simulator too, which then says what it posted; a signal to this process alone does not."""
    try:
        simulator.wait(FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        end_processes([psutil.Process(simulator.pid)])
        simulator.wait()


def run(settings: LocalSettings) -> int:
    """Starts the stack, simulates until told to stop, and leaves nothing running."""
    up(settings, [])
    try:
        log.info("\n%s\n\nCtrl-C stops everything.\n", "\n".join(addresses(settings)))
        return simulate(settings)
    finally:
        down(settings)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Ctrl-C is the normal end of a demo; a closed terminal and SIGTERM end it the same way."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    # A few simulated listeners: with the example's minimum most charts of regions would be empty.
    os.environ.setdefault("CHARTS_MINIMUM_LISTENERS", "1")
    load_environment()
    try:
        sys.exit(run(LocalSettings.of()))
    except (CannotStartError, TimeoutError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        log.info("the demo has ended")


if __name__ == "__main__":
    main()
