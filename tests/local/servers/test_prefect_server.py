"""Prefect's API starts processes, so it takes no request without the credential, and none of a foreign web page."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from local.environment import ROOT
from local.settings import LocalSettings
from local.stack.service_readiness import POOL, prefect_answers, worker_is_online
from local.stack.waiting import NotReadyError, wait_until
from orchestration.flows.deploy import PREFECT_FILE, fingerprint
from tests.servers import PostgresServer
from tests.stack import running, wait_for

ATTACK = {"name": "local", "flow_id": str(uuid4()), "job_variables": {"command": "id"}}


@pytest.fixture(scope="module")
def settings(stack_environment: dict[str, str], postgres_server: PostgresServer) -> Iterator[LocalSettings]:
    """The settings of a stack whose Prefect server runs."""
    settings = LocalSettings.of(stack_environment)
    with running("local.servers.prefect_server", stack_environment, "prefect-server") as process:
        wait_for(process, "prefect-server", settings, prefect_answers)
        yield settings


def client(settings: LocalSettings, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=f"{settings.prefect_api_url}/", headers=headers)


def with_credential(settings: LocalSettings) -> httpx.Client:
    encoded = b64encode(settings.prefect_api_auth_string.get_secret_value().encode()).decode()
    return client(settings, Authorization=f"Basic {encoded}")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "admin/settings"), ("POST", "flows/"), ("POST", "deployments/"), ("POST", "deployments/filter")],
)
@pytest.mark.parametrize("credential", [None, "Og==", "YWRtaW46YWRtaW4="])
def test_nobody_gets_in_without_the_credential(
    settings: LocalSettings, method: str, path: str, credential: str | None
) -> None:
    headers = {} if credential is None else {"Authorization": f"Basic {credential}"}
    with client(settings, **headers) as stranger:
        assert stranger.request(method, path, json=ATTACK).status_code == 401


def test_a_body_that_needs_no_preflight_is_refused_too(settings: LocalSettings) -> None:
    with client(settings, **{"Content-Type": "text/plain", "Origin": "https://evil.example"}) as page:
        assert page.post("flows/", content='{"name": "x"}').status_code == 401


def test_a_foreign_page_gets_no_leave_to_call(settings: LocalSettings) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    with client(settings, Origin="https://evil.example", **asked) as page:
        refused = page.options("flows/")
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
    for host in ("localhost", "127.0.0.1"):
        own = f"http://{host}:{settings.prefect_port}"
        with client(settings, Origin=own, **asked) as page:
            assert page.options("flows/").headers["access-control-allow-origin"] == own


def test_the_credential_opens(settings: LocalSettings) -> None:
    with with_credential(settings) as operator:
        assert operator.post("deployments/filter", json={}).json() == []


def test_the_worker_runs_flows(settings: LocalSettings, stack_environment: dict[str, str]) -> None:
    with running("local.servers.prefect_worker", stack_environment, "prefect-worker") as process:
        wait_for(process, "prefect-worker", settings, worker_is_online)
        with with_credential(settings) as operator:
            run = _start_small_flow(operator)
            wait_until("the flow run", lambda: _must_be_completed(operator, run), 120)


def test_deployments_are_written_when_they_changed(settings: LocalSettings, stack_environment: dict[str, str]) -> None:
    with with_credential(settings) as operator:
        deploy(stack_environment)
        first = deployments(operator)
        assert set(re.findall(r"- name: (\S+)", PREFECT_FILE.read_text())) <= set(first)
        deploy(stack_environment)
        assert deployments(operator) == first
        charts = operator.get("deployments/name/settle_charts/settle-charts").json()
        operator.delete(f"deployments/{charts['id']}").raise_for_status()
        deploy(stack_environment)
        again = deployments(operator)
        assert again.keys() == first.keys()
        assert min(instant for instant, _ in again.values()) > max(instant for instant, _ in first.values())
        assert [intervals for _, intervals in (again[name] for name in first)] == [
            intervals for _, intervals in first.values()
        ]


@pytest.mark.unit
def test_another_schedule_is_another_deployment() -> None:
    text = PREFECT_FILE.read_text()
    assert fingerprint(text) == fingerprint(text)
    assert fingerprint(text) != fingerprint(text.replace("20 * * * *", "21 * * * *"))


def deploy(environment: dict[str, str]) -> None:
    with running("local.provision.prefect_deployments", environment, "prefect-init") as process:
        assert process.wait(120) == 0


def deployments(operator: httpx.Client) -> dict[str, tuple[str, list[float | None]]]:
    """When each deployment was written, and the intervals of its schedules, by its name."""
    found = operator.post("deployments/filter", json={}).json()
    return {
        one["name"]: (one["updated"], [each["schedule"].get("interval") for each in one["schedules"]])
        for one in found
        if one["name"] != "small-flow"
    }


def _start_small_flow(operator: httpx.Client) -> str:
    flow = operator.post("flows/", json={"name": "small-flow"}).json()
    deployment = {
        "name": "small-flow",
        "flow_id": flow["id"],
        "work_pool_name": POOL,
        "path": str(ROOT),
        "entrypoint": "tests/local/small_flow.py:small_flow",
    }
    made = operator.post("deployments/", json=deployment).raise_for_status().json()
    run = operator.post(f"deployments/{made['id']}/create_flow_run", json={}).raise_for_status().json()
    return str(run["id"])


def _must_be_completed(operator: httpx.Client, run: str) -> None:
    state: dict[str, Any] = operator.get(f"flow_runs/{run}").json()["state"]
    assert state["type"] not in ("FAILED", "CRASHED"), state
    if state["type"] != "COMPLETED":
        raise NotReadyError(str(state["type"]))
