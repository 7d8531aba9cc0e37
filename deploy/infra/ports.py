"""Which port does each part listen on, and is it free?"""

import errno
import socket
import time

from deploy.infra.services import SPECS
from shared.clock import monotonic
from shared.errors import ClienteleError

BASE = 8100
OPS = 40  # from a service's port to the one on which it shows its figures


def ops_name(service: str) -> str:
    """What the port is called on which a service shows its figures."""
    return f"{service}-ops"


OFFSETS = (
    {each.name: each.port for each in SPECS}
    | {ops_name(each.name): each.port + OPS for each in SPECS}
    | {"mongo": 17, "nats": 22, "smtp": 25, "sms": 26}
)
HIGHEST = 32767  # above, a probe of the ephemeral range can connect to itself


class PortTakenError(ClienteleError):
    """Another program listens on a port that is needed."""


def ports(base: int = BASE) -> dict[str, int]:
    """The port of each part, counted from the base."""
    return {name: base + offset for name, offset in OFFSETS.items()}


def is_free(port: int) -> bool:
    """Whether nothing listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def require_free(port: int, who: str, patience: float = 1.0) -> None:
    """Wait a moment for a port that a dying process still holds; then say who cannot start."""
    until = monotonic() + patience
    while not is_free(port):
        if monotonic() > until:
            raise PortTakenError(
                f"port {port} is taken, so {who} cannot listen on it. Stop the program that holds "
                f"it (ss -ltnp 'sport = :{port}' names it), or choose other ports with --port-base"
            )
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody accepts connections on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False
