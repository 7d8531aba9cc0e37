"""What did the mail server accept, whatever it answered and whatever broke?

A real SMTP server that writes each accepted message into a ledger, synced to disk before it
answers, and fails at whichever stage a scenario wants.
"""

import asyncio
import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from shared.clock import real_now

HOST = "127.0.0.1"
GREETING = "220 mailbox ESMTP\r\n"
USUAL = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken"}
HANG, RESET_BEFORE, RESET_AFTER = "hang", "reset-before", "reset-after"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
RECIPIENT = re.compile(rb"<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message the server took into its hands."""

    contact_id: str
    number: int  # of the deliberate repeat
    to: str
    at: datetime
    acknowledged: bool  # whether the server said so, as far as it knows


class Mailbox:
    """An SMTP server; ``answers`` says what it does at MAIL, RCPT, DATA and after the final dot.

    An answer is a line, ``hang``, or a reset before or after the message was taken; ``choose`` may
    decide by recipient instead, returning None for the usual.
    """

    def __init__(self, ledger: Path, port: int = 0) -> None:
        self.port = port
        self.answers: dict[str, str] = {}
        self.choose: Callable[[str, str], str | None] = lambda _stage, _to: None
        self.reached: dict[str, int] = {}
        self._file = ledger
        self._released = asyncio.Event()
        self._connections: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, HOST, self.port, limit=2**24)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._server.close()
        self.heal()

    def heal(self) -> None:
        """Answer as usual from now on; connections that hang are dropped."""
        self.answers.clear()
        self.choose = lambda _stage, _to: None
        self._released.set()
        self._released = asyncio.Event()

    def accepted(self) -> list[Accepted]:
        """Everything ever taken, in order, read back from the disk."""
        if not self._file.exists():
            return []
        rows = [json.loads(line) for line in self._file.read_text("utf-8").splitlines()]
        return [
            Accepted(row["id"].rpartition("@")[0].rpartition(".")[0],
                     int(row["id"].rpartition("@")[0].rpartition(".")[2]),
                     row["to"], datetime.fromisoformat(row["at"]), row["said"])
            for row in rows
        ]  # fmt: skip

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        writer.write(GREETING.encode())
        to = ""
        try:
            while line := await reader.readline():
                stage = line.split()[0].upper().decode(errors="replace")
                if stage == "RCPT" and (found := RECIPIENT.search(line)):
                    to = found[1].decode(errors="replace")
                if not await self._answer(stage, to, reader, writer):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self._connections.discard(writer)
            writer.close()

    async def _answer(
        self, stage: str, to: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one command; whether the connection goes on."""
        self.reached[stage] = self.reached.get(stage, 0) + 1
        answer = self._choice(stage, to)
        if not await self._say(writer, answer):
            return False
        if stage == "QUIT":
            return False
        if stage == "DATA" and answer.startswith("354"):
            return await self._take(to, reader, writer)
        return True

    async def _take(
        self, to: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        answer = self._choice(".", to)
        if answer == RESET_BEFORE:
            writer.transport.abort()
            return False
        body = await reader.readuntil(b"\r\n.\r\n")
        self.reached["."] = self.reached.get(".", 0) + 1
        taken = answer in (HANG, RESET_AFTER) or answer.startswith("250")
        if taken:
            self._write_down(body, to, said=answer.startswith("250"))
        return await self._say(writer, answer)

    def _choice(self, stage: str, to: str) -> str:
        chosen = self.choose(stage, to) or self.answers.get(stage)
        return chosen or USUAL.get(stage, "250 ok")

    async def _say(self, writer: asyncio.StreamWriter, answer: str) -> bool:
        if answer == HANG:
            await self._released.wait()
            return False
        if answer in (RESET_BEFORE, RESET_AFTER):
            writer.transport.abort()
            return False
        with suppress(ConnectionError):
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
        return True

    def _write_down(self, body: bytes, to: str, *, said: bool) -> None:
        found = MESSAGE_ID.search(body)
        row = {"id": found[1].decode() if found else "none.0@none", "to": to,
               "at": real_now().isoformat(), "said": said}  # fmt: skip
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())
