"""Are both servers spoken to through TLS where their address says so, and only if vouched for?"""

import asyncio
import datetime
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.trial.child_process import ChildProcess
from deploy.trial.machine import nats_program
from shared.bus.connection import Bus
from shared.mongo import connect
from tests.deploy.waiting import until

DAY = datetime.timedelta(days=1)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that only whoever names it believes; its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - a certificate goes by real time
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY).not_valid_after(now + DAY)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    path = tmp_path / "cert.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def nats_by_tls(certificate: Path, port_base: int, tmp_path: Path) -> Iterator[str]:
    """The address of a NATS server that speaks TLS only."""
    settings = tmp_path / "tls.conf"
    settings.write_text(
        f'listen: "127.0.0.1:{port_base}"\n'
        f'tls {{ cert_file: "{certificate}", key_file: "{certificate.parent / "key.pem"}" }}\n'
    )
    server = ChildProcess("nats", [str(nats_program()), "-c", str(settings)], log=tmp_path / "log")
    server.start()
    try:
        until(lambda: "Server is ready" in server.last_words(20), "the server")
        yield f"tls://127.0.0.1:{port_base}"
    finally:
        server.stop()


async def test_a_service_reaches_nats_through_tls_by_its_address(
    nats_by_tls: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    bus = Bus(nats_by_tls, "intake", asyncio.Event())
    client = await asyncio.wait_for(bus.connect(), 10)
    assert client.is_connected
    assert isinstance(client._transport._io_writer.get_extra_info("ssl_object"), ssl.SSLObject)  # type: ignore[union-attr]
    await bus.disconnect()


async def test_a_server_nobody_vouches_for_is_told_nothing(nats_by_tls: str) -> None:
    bus = Bus(nats_by_tls, "intake", asyncio.Event())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bus.connect(), 2)
    assert not bus.is_connected
    await bus.disconnect()


def test_the_address_of_mongodb_says_tls_and_who_vouches(certificate: Path) -> None:
    database = connect(f"mongodb://127.0.0.1/?tls=true&tlsCAFile={certificate}", "intake")
    options = database._client.delegate.options.pool_options
    assert options._ssl_context is not None
    assert options.appname == "clientele-intake"
    database.close()
