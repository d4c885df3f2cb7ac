"""versitygw: an S3 server that shares no code with MinIO, over a folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.environment import ROOT
from local.setup.minio_build import find_go
from local.stack.waiting import NotReadyError, wait_until
from tests.child import child
from tests.ports import free_ports

MODULE: Final = "github.com/versity/versitygw/cmd/versitygw"
VERSION: Final = "v1.8.0"
ACCESS_KEY: Final = "second-store"
SECRET_KEY: Final = "a secret of the second store"
REGION: Final = "us-east-1"
BUCKET: Final = "another-lake"


def build_versitygw(cache: Path) -> Path:
    """The server's program, built from its Go module once."""
    program = cache / "bin" / f"versitygw-{VERSION}"
    if not program.exists():
        folder = cache / "bin" / f"unfinished-{os.getpid()}"
        variables = {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-modcacherw", "CGO_ENABLED": "0"}
        subprocess.run([find_go(cache), "install", f"{MODULE}@{VERSION}"], env=variables, check=True)
        (folder / "versitygw").replace(program)
        folder.rmdir()
    return program


@contextmanager
def second_store(program: Path, folder: Path) -> Iterator[dict[str, str]]:
    """A running server with an empty bucket; yields the variables under which the stack uses it."""
    (port,) = free_ports(1)
    objects, facts = folder / "objects", folder / "facts"
    for one in (objects, facts):
        one.mkdir()
    options = ["--access", ACCESS_KEY, "--secret", SECRET_KEY, "--region", REGION, "--port", f"127.0.0.1:{port}"]
    # What is known of an object lies beside it: not every file system has attributes of one's own.
    command = [str(program), *options, "posix", "--sidecar", str(facts), str(objects)]
    with (folder / "versitygw.log").open("wb") as output:
        process = subprocess.Popen(child(command), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        endpoint = f"http://127.0.0.1:{port}"
        wait_until("versitygw", lambda: _make_bucket(endpoint), 30, 0.2)
        yield {
            "S3_ENDPOINT": endpoint,
            "S3_REGION": REGION,
            "LAKE_BUCKET": BUCKET,
            "LAKE_ACCESS_KEY": ACCESS_KEY,
            "LAKE_SECRET_KEY": SECRET_KEY,
        }
    finally:
        process.terminate()
        process.wait(30)


def _make_bucket(endpoint: str) -> None:
    keys = {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": SECRET_KEY}
    store = boto3.client("s3", endpoint_url=endpoint, region_name=REGION, **keys)
    try:
        store.create_bucket(Bucket=BUCKET)
    except (BotoCoreError, ClientError) as error:
        raise NotReadyError(str(error)) from error
