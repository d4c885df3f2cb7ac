"""The real nginx with docs/nginx.conf, on free ports, in front of two servers that tell what reached them."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Final

import httpx

from local.environment import ROOT
from local.stack.ports import is_free
from local.stack.waiting import NotReadyError, wait_until
from tests.ports import free_ports

CONFIGURATION: Final = ROOT / "docs" / "nginx.conf"
CHARTS, PLAYS = "charts.example.org", "plays.example.org"


def find_nginx() -> str | None:
    """Returns the program, which Debian keeps out of an ordinary user's PATH."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    port: int
    plain_port: int
    certificate: Path

    def ask(
        self,
        host: str,
        path: str,
        method: str = "GET",
        content: bytes | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> httpx.Response:
        """Ask for a path of a site, over TLS with the certificate checked."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        address = f"https://127.0.0.1:{self.port}{path}"
        with httpx.Client(verify=trusted, timeout=20) as client:
            request = client.build_request(method, address, headers={"Host": host, **headers}, content=content)
            request.extensions["sni_hostname"] = host
            return client.send(request)


class _Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        told = {"path": self.path, "headers": dict(self.headers), "bytes": len(self.rfile.read(length))}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (the name is the library's)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextmanager
def _echo_server() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def reverse_proxy(nginx: str, folder: Path) -> Iterator[Proxy]:
    """Nginx with the configuration of the docs, of which places alone are changed."""
    plain_port, port = free_ports(2)
    certificate, key = _make_certificate(folder)
    with _echo_server() as api, _echo_server() as ingest:
        places = {
            "/etc/ssl/top-songs/fullchain.pem": str(certificate),
            "/etc/ssl/top-songs/privkey.pem": str(key),
            "/run/nginx.pid": str(folder / "nginx.pid"),
            "/var/log/nginx/error.log": str(folder / "error.log"),
            "listen 80": f"listen 127.0.0.1:{plain_port}",
            "listen 443": f"listen 127.0.0.1:{port}",
            "127.0.0.1:8000": f"127.0.0.1:{api}",
            "127.0.0.1:8001": f"127.0.0.1:{ingest}",
            "http {": "http {\n" + _temporary_folders(folder),
        }
        file = folder / "nginx.conf"
        # Started by root, nginx would work as another user, who may not enter this folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        file.write_text(user + _changed(CONFIGURATION.read_text(), places))
        process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(file), "-g", "daemon off;"])
        try:
            wait_until("nginx", lambda: _must_listen(port, process), 30, 0.1)
            yield Proxy(port, plain_port, certificate)
        finally:
            process.terminate()
            process.wait(30)


def _changed(text: str, places: dict[str, str]) -> str:
    for place, instead in places.items():
        assert place in text, place
        text = text.replace(place, instead)
    return text


def _temporary_folders(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in kinds)


def _make_certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    names = f"subjectAltName=DNS:{CHARTS},DNS:{PLAYS}"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=top-songs", "-addext", names, "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def _must_listen(port: int, process: subprocess.Popen[bytes]) -> None:
    assert process.poll() is None, "nginx has ended"
    if is_free(port):
        raise NotReadyError("nginx does not listen yet")
