"""``python -m api.server --host HOST --port PORT``: the api as it is served."""

from __future__ import annotations

import argparse
import os

import uvicorn

from serving.patient_protocol import PatientProtocol


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m api.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    place = parser.parse_args()
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=place.host,
        port=place.port,
        http=PatientProtocol,
        # A line for each request would push out those that matter; what is refused is in the metrics.
        access_log=False,
        # X-Forwarded-For of anyone else would forge the client's address.
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", ""),
    )


if __name__ == "__main__":
    main()
