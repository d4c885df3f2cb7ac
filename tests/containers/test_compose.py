"""The compose file is one that an engine would take, and it lets nobody in who should stay out."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

from local.stack.parts import PARTS
from tests.containers.compose_file import (
    COMPOSE,
    REFERENCE,
    Service,
    dot_env,
    find_service,
    read_compose,
    read_services,
)

SERVICES = read_services()
ONCE = {part.name for part in PARTS if part.once} | {"prefect-database-init"}
PINNED = re.compile(r"[a-z0-9./-]+:\d+(\.\d+)+[\w.-]*")
DURATION = re.compile(r"(\d+)s")

every_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def test_the_file_follows_the_compose_specification() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    checked = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", COMPOSE], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_every_variable_is_in_the_example() -> None:
    assert set(REFERENCE.findall(COMPOSE.read_text())) <= set(dot_env())


def test_every_variable_is_written_with_braces() -> None:
    """A bare ``$NAME`` would be filled in too, unseen by the test above."""
    assert re.findall(r"(?<!\$)\$(?!\$|\{[A-Z0-9_]+(?::\?[^}]*)?\})", COMPOSE.read_text()) == []


@every_service
def test_what_a_service_waits_for_can_be_seen(service: Service) -> None:
    for name, condition in service.dependencies.items():
        awaited = find_service(name)
        if condition == "service_healthy":
            assert "healthcheck" in awaited.body, name
        else:
            assert condition == "service_completed_successfully"
            assert name in ONCE
            assert awaited.body["restart"] == "on-failure"


def test_no_service_waits_for_itself_in_a_circle() -> None:
    waiting = {service.name: set(service.dependencies) for service in SERVICES}
    while free := {name for name, awaited in waiting.items() if not awaited}:
        waiting = {name: awaited - free for name, awaited in waiting.items() if name not in free}
    assert waiting == {}


@every_service
def test_a_part_that_stays_is_asked_how_it_does(service: Service) -> None:
    assert ("healthcheck" in service.body) == (service.name not in ONCE)


@every_service
def test_an_image_is_built_here_or_pinned(service: Service) -> None:
    assert ("build" in service.body) != ("image" in service.body)
    image = service.body.get("image", "built:1.0")
    assert PINNED.fullmatch(image)
    assert "latest" not in image


def test_ports_are_bound_to_loopback_and_each_to_a_variable_of_its_own() -> None:
    ports = [port for service in SERVICES for port in service.body.get("ports", [])]
    bound = [re.fullmatch(r"127\.0\.0\.1:\$\{(\w+_PORT)\}:\d+", port) for port in ports]
    assert all(bound), ports
    variables = [match[1] for match in bound if match]
    assert len(set(variables)) == len(variables)


def test_the_same_ports_are_open_as_without_containers() -> None:
    ports = " ".join(port for service in SERVICES for port in service.body.get("ports", []))
    # The controller's port is the broker's own matter inside a container.
    wanted = {name for part in PARTS for name in part.ports} - {"KAFKA_CONTROLLER_PORT"}
    assert set(REFERENCE.findall(ports)) == wanted


def networks(name: str) -> set[str]:
    return set(find_service(name).body["networks"])


@every_service
def test_a_service_reaches_what_it_waits_for_and_what_it_is_told_of(service: Service) -> None:
    addresses = service.environment.values()
    names = {one.name for one in SERVICES}
    named = {name for name in names for one in addresses if re.search(rf"(?:^|//|@){name}(?::\d|$)", one)}
    for other in (set(service.dependencies) | named) - {service.name} - ONCE:
        assert networks(service.name) & networks(other), other


def test_what_the_public_reaches_shares_no_network_with_the_control_plane() -> None:
    for name in ("api", "ingest"):
        assert not networks(name) & networks("prefect-server")
        assert "control" not in networks(name)


@every_service
def test_a_service_is_bounded(service: Service) -> None:
    assert re.fullmatch(r"\d+[mg]", service.body["mem_limit"])
    assert service.body["pids_limit"] <= 1024
    assert set(service.body["logging"]["options"]) == {"max-size", "max-file"}


def test_every_network_is_declared_and_used() -> None:
    assert {one for service in SERVICES for one in service.body["networks"]} == set(read_compose()["networks"])


def test_every_volume_is_declared_and_used() -> None:
    mounted = {volume.split(":")[0] for service in SERVICES for volume in service.body.get("volumes", [])}
    assert mounted == set(read_compose()["volumes"])


@every_service
def test_a_container_can_do_no_more_than_it_must(service: Service) -> None:
    assert service.body["cap_drop"] == ["ALL"]
    assert service.body["security_opt"] == ["no-new-privileges:true"]
    assert service.body["read_only"] or service.name == "kafka"
    assert not {"privileged", "network_mode", "pid", "cap_add"} & set(service.body)


def test_ingest_is_given_the_time_to_answer_requests_under_way() -> None:
    grace = DURATION.fullmatch(find_service("ingest").body["stop_grace_period"])
    assert grace
    assert int(grace[1]) > math.ceil(float(dot_env()["INGEST_DELIVERY_TIMEOUT_SECONDS"])) + 5
