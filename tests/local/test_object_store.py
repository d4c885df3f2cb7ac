"""Each user of the object store can do its part, and nothing else."""

from io import BytesIO

import pytest
from minio import Minio
from minio.error import S3Error

from local import object_store
from local.readiness import object_store as client_of
from local.settings import LocalSettings
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
