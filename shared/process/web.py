"""What does every service answer over HTTP?

``/livez`` (the loop turns and events progress) and ``/readyz`` (it can do its work now); a service
adds its own pages. Where figures and descriptions are asked for, a second port shows them, so that
the first can be open to the world: ``/metrics``, ``/asyncapi.json`` and ``/openapi.json``. No page
loads anything from elsewhere.
"""

import socket
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.process.heads import HeadsInTime
from shared.process.health import Health
from shared.telemetry.metrics import CoreMetrics

BACKLOG = 2048  # connections that wait, as uvicorn has it


def web_app(title: str, version: str, health: Health) -> FastAPI:
    """The HTTP side of a service, ready for its own pages."""
    app = FastAPI(title=title, version=version, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(OneLength)
    _add_state(app, health)
    return app


def ops_app(
    web: FastAPI, health: Health, metrics: CoreMetrics, asyncapi: Callable[[], Any]
) -> FastAPI:
    """What operators and their programs see of it, on a port that is not open to the world."""
    app = FastAPI(title=web.title, docs_url=None, redoc_url=None, openapi_url=None)
    _add_state(app, health)

    @app.get("/metrics")
    async def show_metrics() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/asyncapi.json")
    async def show_asyncapi() -> Response:
        return JSONResponse(asyncapi())

    @app.get("/openapi.json")
    async def show_openapi() -> Response:
        return JSONResponse(web.openapi())

    return app


def _add_state(app: FastAPI, health: Health) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> Response:
        return _state(health.alive())

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:
        return _state(await health.ready())


class OneLength:
    """Refuses a request that says in two ways how long it is: what stands in front may have read
    it by the other one, and the rest of it would pass as somebody else's request (RFC 9112, 6.1).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what has one length, or none."""
        said = {name for name, _ in scope.get("headers", ())}
        if {b"content-length", b"transfer-encoding"} <= said:
            no = PlainTextResponse("Two lengths.\n", 400, headers={"Connection": "close"})
            await no(scope, receive, send)
            return
        await self._app(scope, receive, send)


def server(app: FastAPI, host: str, port: int, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """A server that leaves signals to the process and access logs to nobody.

    ``X-Forwarded-For`` and ``-Proto`` are believed when one of these proxies sends them: then a
    request came from the last address that is none of them.
    """
    config = uvicorn.Config(
        app, host=host, port=port, http=HeadsInTime,
        log_config=None, access_log=False, lifespan="off", server_header=False,
        timeout_graceful_shutdown=5, proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
    )  # fmt: skip
    result = uvicorn.Server(config)
    result.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    return result


class OpenPorts:
    """Ports that stay open while a process goes on as another one: who asks meanwhile waits."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], socket.socket] = {}

    def at(self, host: str, port: int) -> socket.socket:
        """The port for one server, which closes its own end of it."""
        if (host, port) not in self._open:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            found = socket.create_server((host, port), family=family, backlog=BACKLOG)
            # asyncio does so for ports it opens itself; else an answer's body waits for the word
            # that its head has come, which its reader's machine holds back for forty milliseconds
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open[host, port] = found
        return self._open[host, port].dup()

    def close(self) -> None:
        """The process ends."""
        for each in self._open.values():
            each.close()


def open_for(ports: OpenPorts | None, server: uvicorn.Server) -> list[socket.socket] | None:
    """A server's port as it is open already; None: the server opens it."""
    config = server.config
    return None if ports is None else [ports.at(config.host, config.port)]


def _state(problems: list[str]) -> Response:
    ok = not problems
    return JSONResponse(
        {"ok": ok, "problems": problems}, status_code=200 if ok else 503,
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip
