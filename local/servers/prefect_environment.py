"""Variables of the Prefect processes: those of every one, and those of the server alone."""

import sys
from collections.abc import Sequence
from pathlib import Path

from local.environment import ROOT
from local.settings import LocalSettings

PREFECT = str(Path(sys.executable).with_name("prefect"))


def prefect_command(*arguments: str) -> Sequence[str]:
    """Returns a command of Prefect's command line that asks nothing."""
    return [PREFECT, "--no-prompt", *arguments]


def prefect_environment(settings: LocalSettings) -> dict[str, str]:
    """Returns where Prefect keeps its things and finds the flows, and that it reports to nobody."""
    return {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(settings.data_dir / "prefect"),
        "PREFECT_API_URL": settings.prefect_api_url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLI_COLORS": "false",
        # Somebody waits for what was asked for by hand, and for the first round after a start.
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        # Leases in memory are lost with the server, and what they stood for would be taken for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # Logs and artifacts go with the runs that prune_history deletes.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,orphans",
        "DO_NOT_TRACK": "1",
    }


def server_access(settings: LocalSettings) -> dict[str, str]:
    """Return the server's credential, and the only origins whose pages may call it: those of its own UI.

    Prefect's default is no credential and every origin, and its API starts processes.
    """
    origins = [f"http://{host}:{settings.prefect_port}" for host in ("localhost", "127.0.0.1")]
    return {
        "PREFECT_SERVER_API_AUTH_STRING": settings.prefect_api_auth_string.get_secret_value(),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(origins),
    }
