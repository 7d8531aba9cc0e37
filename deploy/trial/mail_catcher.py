"""Where do the messages go while Clientele runs on one machine for trying out?

A real SMTP server that delivers nothing: each message it accepted is ``<n>.eml`` in a folder, safe
on disk before the sender hears that it was taken. Run by the supervisor as its own process.
"""

import asyncio
import os
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.trial.mail_folder import MailFolder

HOST = "127.0.0.1"
LARGEST = 10 * 1024 * 1024


class Catcher:
    """What aiosmtpd asks for when a message has been handed over."""

    def __init__(self, folder: MailFolder) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Store the message, then say so."""
        del server, session
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        path = self._folder.store(content)
        return f"250 2.0.0 kept as {path.name}"


async def serve(folder: Path, port: int) -> None:
    """Take messages until asked to stop."""
    catcher = Catcher(MailFolder(folder))
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number_, stop.set)
    server = await loop.create_server(
        lambda: SMTP(
            catcher, hostname="localhost", ident="Clientele mail catcher",
            data_size_limit=LARGEST, enable_SMTPUTF8=True, loop=loop,
        ),
        HOST, port, reuse_address=True,
    )  # fmt: skip
    async with server:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(os.environ["MAIL_FOLDER"]), int(os.environ["MAIL_PORT"])))
