"""A receiver of webhooks as another system would build one: a small HTTP server that is told what
to answer, with a certificate of its own authority.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.core.conftest import until

HOST = "crm.example"
LONG_AGO, FAR_AHEAD = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=20_000)


@dataclass(frozen=True)
class Got:
    """One request."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What it answers, and after how long."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    never: bool = False  # the request is read, and nothing is answered


@dataclass
class Receiver:
    """Answers one after the other as told, then always the last."""

    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    got: list[Got] = field(default_factory=list)
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)  # lets those go that never answer

    async def has(self, count: int) -> Sequence[Got]:
        """What it got, once it is so many."""

        async def there() -> bool:
            return len(self.got) >= count

        await until(there)
        return self.got

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.got.append(await _read(reader))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if answer.never:
                await self.opened.wait()
                return
            headers = {"content-length": str(len(answer.body)), **answer.headers}
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            writer.write(f"HTTP/1.1 {answer.status} Said\r\n{lines}\r\n".encode() + answer.body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def receiving(
    authority: "Authority | None" = None, *, host: str = HOST
) -> AsyncIterator[Receiver]:
    """A receiver, listening on this machine; with a certificate where an authority is given."""
    receiver = Receiver()
    trust = authority.certificate_for(host) if authority else None
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=trust)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.opened.set()
        server.close()
        await server.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Got:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in head[1:] if line)
    lowered = {name.lower(): value for name, value in headers.items()}
    body = await reader.readexactly(int(lowered.get("content-length", "0")))
    return Got(head[0], lowered, body)


class Authority:
    """Vouches for names, as a firm's own authority would."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of tests")])
        own = self._built(self._name, self._key, x509.BasicConstraints(ca=True, path_length=None))
        self.file = folder / "authority.pem"
        self.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def certificate_for(self, host: str) -> ssl.SSLContext:
        """What a server of this name shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        made = self._built(name, key, x509.SubjectAlternativeName([x509.DNSName(host)]))
        file = self._folder / f"{host}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        return context

    def _built(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, more: x509.ExtensionType
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(LONG_AGO)
            .not_valid_after(LONG_AGO + FAR_AHEAD)
            .add_extension(more, critical=True)
        )
        return builder.sign(self._key, hashes.SHA256())
