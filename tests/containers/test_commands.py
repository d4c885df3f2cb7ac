"""Containers run the parts of the local stack, by the same names and commands; only hosts and folders differ."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from local.servers import kafka_properties, postgres
from local.servers.prefect_environment import PREFECT
from local.settings import LocalSettings
from local.setup.downloads import IVY_FILES
from local.stack.parts import PARTS
from tests.containers.compose_file import dot_env, fill_in, find_service, read_services

# Without containers the server brings its database in line itself.
CONTAINERS_ALONE = {"prefect-database-init"}
STEPS = ("local.provision.kafka_topic", "local.provision.object_store", "local.provision.postgres_roles")
WRAPPERS = {
    "minio": "local.servers.minio",
    "prefect-server": "local.servers.prefect_server",
    "prefect-worker": "local.servers.prefect_worker",
    "prefect-init": "local.provision.prefect_deployments",
    "lake-driver": "local.servers.lake_driver",
    "live-counter": "local.servers.live_counter",
    "ingest": "local.servers.ingest",
    "api": "local.servers.api",
}
PLACES_OF_KAFKA = {
    "controller.quorum.voters",
    "listeners",
    "advertised.listeners",
    "listener.security.protocol.map",
    "log.dirs",
}
PLACES_OF_POSTGRES = {"listen_addresses", "port", "unix_socket_directories"}


@pytest.fixture
def settings(tmp_path: Path) -> LocalSettings:
    """The local stack's settings; the ports of the example are those inside the containers."""
    return LocalSettings.of(dot_env() | {"DATA_DIR": str(tmp_path)})


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch, settings: LocalSettings) -> Callable[[str], list[str]]:
    """Tells the command that a wrapper would become."""

    def tell(name: str) -> list[str]:
        module, commands = import_module(name), list[list[str]]()
        monkeypatch.setattr(module, "begin", lambda part: settings)
        monkeypatch.setattr(module, "wait_until", lambda what, ask: None, raising=False)
        monkeypatch.setattr(module, "bring_in_line", lambda settings: None, raising=False)
        monkeypatch.setattr(module, "become", lambda command, extra=None: commands.append(list(command)))
        module.main()
        return commands[0]

    return tell


def inside(command: list[str], settings: LocalSettings) -> list[str]:
    """A local command as it reads in a container, where hosts, folders and programs have other names."""
    names = {
        sys.executable: "python",
        PREFECT: "prefect",
        str(settings.data_dir / "minio" / "drive"): "/data",
        str(settings.data_dir / "minio" / "certificates"): "/tmp/certificates",
        "127.0.0.1": "0.0.0.0",
    }
    for local, contained in names.items():
        command = [word.replace(local, contained) for word in command]
    return command


def test_services_are_the_parts_of_the_local_stack() -> None:
    assert {service.name for service in read_services()} == {part.name for part in PARTS} | CONTAINERS_ALONE


@pytest.mark.parametrize("name", WRAPPERS)
def test_a_service_runs_what_the_local_wrapper_becomes(
    name: str, become: Callable[[str], list[str]], settings: LocalSettings
) -> None:
    command = inside(become(WRAPPERS[name]), settings)
    # The image of MinIO names its program itself.
    assert find_service(name).command == (command[1:] if name == "minio" else command)


def test_steps_are_the_same_modules() -> None:
    commands = [find_service(name).command for name in ("kafka-init", "minio-init", "postgres-init")]
    assert commands == [["python", "-m", module] for module in STEPS]


def test_the_broker_is_configured_alike(settings: LocalSettings) -> None:
    local = dict(line.split("=", 1) for line in kafka_properties.server_properties(settings).splitlines())
    given = fill_in(find_service("kafka"))
    contained = {property_of(name): value for name, value in given.items() if name != "KAFKA_HEAP_OPTS"}
    logins = {name: value for name, value in contained.items() if name.startswith("listener.name.host.")}
    # The second listener, for the host, takes the same users as the first.
    assert logins == {name: contained[name.replace(".host.", ".client.")] for name in logins}
    assert len(logins) == 2
    assert set(contained) - set(logins) == set(local)
    assert {name for name in local if contained[name] != local[name]} <= PLACES_OF_KAFKA


def test_no_listener_of_the_broker_takes_clients_without_a_user() -> None:
    protocols = find_service("kafka").environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"]
    assert {one.split(":")[1] for one in protocols.split(",")} == {"SASL_PLAINTEXT"}


def property_of(variable: str) -> str:
    """The property that the image makes of a variable."""
    name = variable.removeprefix("KAFKA_").lower()
    return re.sub("_{1,3}", lambda marks: {1: ".", 2: "_", 3: "-"}[len(marks[0])], name)


def test_the_broker_is_of_the_same_version() -> None:
    ivy = IVY_FILES["kafka"].read_text()
    version = re.search(r'name="kafka_2.13" rev="([\d.]+)"', ivy)
    assert version
    assert find_service("kafka").body["image"] == f"apache/kafka:{version[1]}"


def test_postgres_is_configured_alike(settings: LocalSettings) -> None:
    local = {word for word in postgres.command(settings) if re.match(r"\w+=", word)}
    contained = {word for word in find_service("postgres").command if "=" in word}
    assert {word for word in local if word.split("=")[0] not in PLACES_OF_POSTGRES} == contained


def test_the_cluster_is_made_alike() -> None:
    local = set(
        re.findall(r'"(--(?:auth|encoding|locale|builtin)[\w-]*=[\w.-]+)"', Path(postgres.__file__).read_text())
    )
    assert set(find_service("postgres").environment["POSTGRES_INITDB_ARGS"].split()) == local
