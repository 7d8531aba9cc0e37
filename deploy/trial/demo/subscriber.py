"""What does a system of the firm receive that has subscribed to events?

An invented program for the firm's books, on this machine: it asks for what it needs to know of
matters and invoices, takes what its secret signs (Standard Webhooks) and keeps each event once, by
its id. It knows its own address and secret, and nothing else of ours.
"""

import asyncio
import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from deploy.infra.access.service_requests import Services
from shared.clock import monotonic
from shared.errors import ClienteleError

NAME, GATEWAY = "books", "gateway"
HOST, TAKEN, REFUSED = "127.0.0.1", 204, 401
WANTED = ("matter-opened", "matter-closed", "invoice-issued", "invoice-paid", "invoice-settled")
PREFIX, KEY_BYTES = "whsec_", 32
SECONDS, PAUSE_SECONDS = 60.0, 0.2

Event = Mapping[str, Any]


class NotSentError(ClienteleError):
    """Events are still on their way to whoever subscribed."""


class Subscriber:
    """The program: what it has received, and how often somebody else knocked."""

    def __init__(self) -> None:
        self.secret = f"{PREFIX}{b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"
        self.events: dict[str, Event] = {}
        self.unsigned = 0
        self.url = ""

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """What a delivery is answered. Its instant is not judged: the demo moves on by days."""
        own_id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        key = b64decode(self.secret.removeprefix(PREFIX))
        made = hmac.digest(key, f"{own_id}.{at}.".encode() + body, "sha256")
        signed = f"v1,{b64encode(made).decode()}"
        given = headers.get("webhook-signature", "").split(" ")
        if not own_id or not any(hmac.compare_digest(each, signed) for each in given):
            self.unsigned += 1
            return REFUSED
        self.events.setdefault(own_id, json.loads(body))
        return TAKEN


@contextmanager
def program_for_the_books() -> Iterator[Subscriber]:
    """The program, listening on a port that is free."""
    program = Subscriber()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = program.take(headers, self.rfile.read(int(headers.get("content-length", 0))))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is said of it."""

    with ThreadingHTTPServer((HOST, 0), Door) as server:
        program.url = f"http://{HOST}:{server.server_port}/events"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield program
        finally:
            server.shutdown()
            thread.join()


async def subscribe(services: Services, program: Subscriber) -> None:
    """As ops would; the secret is one the program has brought along."""
    wanted = {"name": NAME, "url": program.url, "types": WANTED, "secret": program.secret}
    await services.ask(GATEWAY, {"ask": "subscriptions", "do": "add", **wanted})


async def wait_until_sent(services: Services) -> None:
    """Until nothing is on its way to whoever subscribed; raises NotSentError."""
    until = monotonic() + SECONDS
    while True:
        answer = await services.ask(GATEWAY, {"ask": "subscriptions", "do": "list"})
        waiting = sum(each["pending"] for each in answer["items"])
        if not waiting:
            return
        if monotonic() > until:
            raise NotSentError(f"{waiting} events have not reached whoever subscribed to them")
        await asyncio.sleep(PAUSE_SECONDS)
