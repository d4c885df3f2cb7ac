"""Asks the parts that speak HTTP or Spark Connect whether they can do their work now."""

import json
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import grpc  # type: ignore[import-untyped]

from local.settings import LocalSettings
from local.stack.readiness import table_exists
from local.stack.waiting import NotReadyError

SECONDS = 3
POOL = "local"


def prefect_answers(settings: LocalSettings) -> None:
    """Prefect's server says that it is healthy."""
    _http(f"{settings.prefect_api_url}/health")


def worker_is_online(settings: LocalSettings) -> None:
    """A worker of the pool has reported to Prefect's server within its usual time."""
    workers = _prefect(settings, f"work_pools/{POOL}/workers/filter", {})
    if not any(worker["status"] == "ONLINE" for worker in workers):
        raise NotReadyError(f"pool {POOL} has no worker online")


def deployments_exist(settings: LocalSettings) -> None:
    """Prefect's server knows deployments."""
    if _prefect(settings, "deployments/count", {}) == 0:
        raise NotReadyError("no deployment yet")


def ingest_confirms(settings: LocalSettings) -> None:
    """Ingest says that a play posted now would be confirmed by the broker."""
    _http(f"{settings.ingest_url}/readyz")


def api_answers(settings: LocalSettings) -> None:
    """The api says that it can read charts."""
    _http(f"{settings.api_url}/readyz")


def lake_is_open(settings: LocalSettings) -> None:
    """The lake driver has made its tables, and answers a client that shows the token."""
    # Spark takes long to import, and only this question needs it.
    from streaming.lake import LakeTable

    for table in LakeTable:
        table_exists(settings, table.value)
    _spark_answers(settings)


def _spark_answers(settings: LocalSettings) -> None:
    from pyspark.sql.connect.proto import AnalyzePlanRequest, SparkConnectServiceStub, UserContext

    address = f"{settings.spark_connect_host}:{settings.spark_connect_port}"
    bearer = ("authorization", f"Bearer {settings.spark_connect_token.get_secret_value()}")
    request = AnalyzePlanRequest(
        session_id=str(uuid4()),
        user_context=UserContext(user_id="readiness"),
        spark_version=AnalyzePlanRequest.SparkVersion(),
    )
    with grpc.insecure_channel(address) as channel:
        service = SparkConnectServiceStub(channel)  # type: ignore[no-untyped-call]
        try:
            service.AnalyzePlan(request, timeout=10, metadata=[bearer])
        except grpc.RpcError as error:
            raise NotReadyError(f"Spark Connect: {error.code().name.lower()}") from error


def _prefect(settings: LocalSettings, path: str, body: Mapping[str, object] | None = None) -> Any:
    credential = b64encode(settings.prefect_api_auth_string.get_secret_value().encode()).decode()
    return _http(f"{settings.prefect_api_url}/{path}", body, {"Authorization": f"Basic {credential}"})


def _http(url: str, body: Mapping[str, object] | None = None, headers: Mapping[str, str] = MappingProxyType({})) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response)
    except OSError as error:
        raise NotReadyError(f"{url}: {error}") from error
