"""``python -m tests.bench.bare_door MONGO_URL PORT``: an endpoint that only stores.

No signature, no identity, no seal, nothing read afterwards: what any door would cost here at least.
"""

import sys
from typing import Any

import uvicorn
from motor.motor_asyncio import AsyncIOMotorClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def main(mongo_url: str, port: int) -> None:
    """Serve until told to end."""
    client: Any = AsyncIOMotorClient(mongo_url, w="majority", journal=True)
    stored = client["bare_door"]["deliveries"]

    async def take(request: Request) -> Response:
        await stored.insert_one({"body": await request.body()})
        return JSONResponse({}, 202)

    async def ready(_: Request) -> Response:
        return JSONResponse({})

    routes = [Route("/in/billing", take, methods=["POST"]), Route("/readyz", ready)]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_config=None,
                access_log=False, lifespan="off")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
