"""A mail server that fails at whichever stage a test wants."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

GREETING = "220 test ESMTP\r\n"
HANG, CLOSE = "hang", "close"


@dataclass
class ScriptedServer:
    """Answers each command with what the test says: a line, a hang or a closed connection."""

    answers: dict[str, str] = field(default_factory=dict)  # command → answer; "." is the final dot
    delays: dict[str, float] = field(default_factory=dict)  # command → seconds before the answer
    bodies: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._done = asyncio.Event()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._done.set()
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if await self._say(writer, "connect", GREETING):
                while await self._one(reader, writer):
                    pass
        except ConnectionError:
            return
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line = (await reader.readline()).decode()
        if not line:
            return False
        command = line.split()[0].upper()
        self.commands.append(command)
        self.lines.append(line.strip())
        if command == "QUIT":
            return False
        if command != "DATA":
            return await self._say(writer, command, "250 ok\r\n")
        return await self._take_body(reader, writer, command)

    async def _take_body(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, command: str
    ) -> bool:
        if not await self._say(writer, command, "354 go on\r\n"):
            return False
        if not self.answers.get(command, "354").startswith("354"):
            return True
        self.bodies.append(await reader.readuntil(b"\r\n.\r\n"))
        return await self._say(writer, ".", "250 queued\r\n")

    async def _say(self, writer: asyncio.StreamWriter, stage: str, usual: str) -> bool:
        answer = self.answers.get(stage, usual)
        await asyncio.sleep(self.delays.get(stage, 0.0))
        if answer == HANG:
            await self._done.wait()
            return False
        if answer == CLOSE:
            return False
        writer.write(answer.encode() if answer.endswith("\r\n") else f"{answer}\r\n".encode())
        await writer.drain()
        return True
