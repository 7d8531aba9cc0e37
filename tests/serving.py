"""Pages on a real port, for as long as a test needs them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI


@asynccontextmanager
async def served(web: FastAPI, port: int) -> AsyncIterator[None]:
    """Serve an application on this port of this machine."""
    config = uvicorn.Config(
        web,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells it no other way
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await serving
