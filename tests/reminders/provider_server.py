"""A provider of text messages that answers as told, over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

HANGS_UP, SILENT = "hangs up", "silent"


@dataclass
class ProviderServer:
    """What it was sent, and what it answers next: a status with a code, or none at all."""

    answers: list[tuple[int, Any] | str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    provider: ProviderServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        provider = self.provider
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        provider.forms.append(dict(parse_qsl(body)))
        provider.headers.append(dict(self.headers.items()))
        answer = provider.answers.pop(0) if provider.answers else (201, {"sid": "SM1"})
        if isinstance(answer, str):
            if answer == SILENT:
                provider.released.wait(10)
            self.close_connection = True
            return
        said = answer[1] if isinstance(answer[1], bytes) else json.dumps(answer[1]).encode()
        self.send_response(answer[0])
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def provider_server() -> Iterator[ProviderServer]:
    """It runs."""
    provider = ProviderServer()
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Here", (_Handler,), {"provider": provider})
    )
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_address[1]}/Messages.json"
    try:
        yield provider
    finally:
        provider.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
