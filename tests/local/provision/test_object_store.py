"""Each user of the object store can do its part, and nothing else."""

from io import BytesIO

import pytest
from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider
from minio.error import MinioAdminException, S3Error

from local.provision import object_store
from local.provision.object_store import READER_POLICY, reader_policy
from local.settings import LocalSettings
from local.stack.readiness import object_store as client_of
from tests.servers import MinioServer


@pytest.fixture
def lake(minio_server: MinioServer, stack_environment: dict[str, str]) -> Minio:
    """The lake driver's client."""
    settings = LocalSettings.of(stack_environment)
    return client_of(settings, minio_server.lake_access_key, minio_server.lake_secret_key)


@pytest.fixture
def reader(minio_server: MinioServer, stack_environment: dict[str, str]) -> Minio:
    """The readers' client."""
    settings = LocalSettings.of(stack_environment)
    return client_of(settings, minio_server.reader_access_key, minio_server.reader_secret_key)


def put(client: Minio, bucket: str, name: str) -> None:
    client.put_object(bucket, name, BytesIO(b"x"), 1)


def names(client: Minio, bucket: str, prefix: str) -> list[str | None]:
    return [one.object_name for one in client.list_objects(bucket, prefix, recursive=True)]


def test_the_lakes_user_writes_reads_and_deletes_in_its_bucket(lake: Minio, minio_server: MinioServer) -> None:
    put(lake, minio_server.bucket, "silver/one")
    assert lake.get_object(minio_server.bucket, "silver/one").data == b"x"
    lake.remove_object(minio_server.bucket, "silver/one")
    assert names(lake, minio_server.bucket, "silver/one") == []


def test_the_lakes_user_makes_no_bucket_and_removes_none(lake: Minio, minio_server: MinioServer) -> None:
    with pytest.raises(S3Error, match="AccessDenied"):
        lake.make_bucket("another")
    with pytest.raises(S3Error, match="AccessDenied"):
        lake.remove_bucket(minio_server.bucket)


@pytest.mark.parametrize("layer", ["bronze", "silver"])
def test_the_reader_lists_and_reads_bronze_and_silver(
    lake: Minio, reader: Minio, minio_server: MinioServer, layer: str
) -> None:
    put(lake, minio_server.bucket, f"{layer}/access/read-me")
    assert f"{layer}/access/read-me" in names(reader, minio_server.bucket, f"{layer}/access/")
    assert reader.get_object(minio_server.bucket, f"{layer}/access/read-me").data == b"x"


def test_the_reader_writes_nothing_and_deletes_nothing(lake: Minio, reader: Minio, minio_server: MinioServer) -> None:
    put(lake, minio_server.bucket, "silver/access/kept")
    with pytest.raises(S3Error, match="AccessDenied"):
        put(reader, minio_server.bucket, "silver/access/kept")
    with pytest.raises(S3Error, match="AccessDenied"):
        reader.remove_object(minio_server.bucket, "silver/access/kept")


def test_the_reader_sees_nothing_beside_the_two_layers(lake: Minio, reader: Minio, minio_server: MinioServer) -> None:
    put(lake, minio_server.bucket, "checkpoints/access/offsets")
    with pytest.raises(S3Error, match="AccessDenied"):
        reader.get_object(minio_server.bucket, "checkpoints/access/offsets")
    with pytest.raises(S3Error, match="AccessDenied"):
        names(reader, minio_server.bucket, "")


def test_a_user_under_a_former_name_loses_its_access(
    reader: Minio, minio_server: MinioServer, stack_environment: dict[str, str]
) -> None:
    renamed = {**stack_environment, "READER_ACCESS_KEY": "topsongs-other"}
    object_store.bring_in_line(LocalSettings.of(renamed))
    try:
        with pytest.raises(S3Error, match="InvalidAccessKeyId"):
            names(reader, minio_server.bucket, "silver/")
    finally:
        object_store.bring_in_line(LocalSettings.of(stack_environment))
    names(reader, minio_server.bucket, "silver/")


def admin_as(server: MinioServer, access_key: str, secret_key: str) -> MinioAdmin:
    credentials = StaticProvider(access_key, secret_key)
    return MinioAdmin(endpoint=server.endpoint.partition("://")[2], credentials=credentials, secure=False)


@pytest.mark.parametrize("user", ["lake", "reader"])
def test_a_user_makes_no_credentials_that_outlive_its_own(minio_server: MinioServer, user: str) -> None:
    access, secret = getattr(minio_server, f"{user}_access_key"), getattr(minio_server, f"{user}_secret_key")
    with pytest.raises(MinioAdminException, match="AccessDenied"):
        admin_as(minio_server, access, secret).add_service_account(name="mine")


def test_a_service_account_from_before_is_removed(minio_server: MinioServer, stack_environment: dict[str, str]) -> None:
    root = admin_as(minio_server, minio_server.root_user, minio_server.root_password)
    open_policy = reader_policy(minio_server.bucket)
    open_policy["Statement"] = [one for one in list_statements(open_policy) if one["Effect"] == "Allow"]
    root.policy_add(READER_POLICY, policy=open_policy)
    admin_as(minio_server, minio_server.reader_access_key, minio_server.reader_secret_key).add_service_account(
        access_key="left-behind", secret_key="left-behind-secret"
    )
    settings = LocalSettings.of(stack_environment)
    left_behind = client_of(settings, "left-behind", "left-behind-secret")
    assert names(left_behind, minio_server.bucket, "silver/none/") == []
    object_store.bring_in_line(settings)
    with pytest.raises(S3Error, match="InvalidAccessKeyId"):
        names(left_behind, minio_server.bucket, "silver/none/")


def list_statements(policy: dict[str, object]) -> list[dict[str, object]]:
    statements = policy["Statement"]
    assert isinstance(statements, list)
    return statements
