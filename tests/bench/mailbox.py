"""A real SMTP server that takes every message and remembers when it came, and nothing else.

``python -m tests.bench.mailbox PORT OUT.json``; it writes what it has at SIGTERM.
"""

import asyncio
import json
import re
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.clock import monotonic

HOST = "127.0.0.1"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]*>)", re.IGNORECASE | re.MULTILINE)


class Mailbox:
    """What aiosmtpd asks for when a message has been handed over."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, float]] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str,
        responses: list[str],
    ) -> list[str]:  # fmt: skip
        """Count connections by their greeting."""
        del server, envelope
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Note the message."""
        del server, session
        found = MESSAGE_ID.search(envelope.content or b"")  # type: ignore[arg-type]
        self.arrived.append((found[1].decode() if found else "", monotonic()))
        return "250 2.0.0 taken"


async def serve(port: int, out: Path) -> None:
    """Take messages until asked to stop."""
    mailbox, loop, stop = Mailbox(), asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="localhost", loop=loop, decode_data=False), HOST, port
    )
    async with server:
        await stop.wait()
    found = {"arrived": mailbox.arrived, "connections": mailbox.connections}
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
