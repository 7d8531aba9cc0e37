"""How much is read of a request, and for how long? Bounded before anybody looks at it."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from services.gateway.api.problems import DoorError

MOST_BYTES = 1024 * 1024
MOST_SECONDS = 10.0


async def body_of(request: Request) -> bytes:
    """The bytes of a request; raises DoorError where there are too many, or too slow ones."""
    announced = request.headers.get("content-length", "0")
    if not _is_number(announced) or int(announced) > MOST_BYTES:
        raise _too_large()
    try:
        return await asyncio.wait_for(_read(request), MOST_SECONDS)
    except TimeoutError:
        detail = f"The body has to arrive within {MOST_SECONDS:.0f} seconds: send it again."
        raise DoorError(408, detail, code="slow") from None
    except ClientDisconnect:
        raise DoorError(400, "The body ended too early.", code="cut") from None


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 20


async def _read(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise _too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large() -> DoorError:
    detail = f"A request may hold {MOST_BYTES // 1024} KiB at most: send fewer events at a time."
    return DoorError(413, detail, code="too-large")
