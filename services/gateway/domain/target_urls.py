"""Which address may a subscription have, and to which addresses of the net may it lead?

Whoever may name a URL must not reach what only this machine reaches: the firm's own network, the
machine itself, the metadata of a cloud. So the URL has one plain form, which no two programs read
differently, and every address its name stands for is judged (IANA's special-purpose registries,
RFC 6890 and its successors) before a connection is made to that very address.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from shared.errors import RuleError

LONGEST_URL = 1000
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]{2,45}\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?"
)
PORTS = {"https": 443, "http": 80}
GLOBAL_6 = ip_network("2000::/3")
NEVER_EVEN_ALLOWED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/3",  # link-local, multicast
            "100.100.100.200/32", "168.63.129.16/32",  # metadata of Alibaba Cloud and of Azure
            "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32", "fd20:ce::/32",  # of AWS and Google
        ),
    )
)  # fmt: skip
NOT_PUBLIC = (
    *NEVER_EVEN_ALLOWED,
    *map(
        ip_network,
        (
            "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",  # Teredo, 6to4: IPv4 inside
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: the host as it is named, its port, and what is asked for there."""

    scheme: str
    host: str  # an IPv6 address without its brackets
    port: int
    path: str

    @property
    def named(self) -> str:
        """Host and port as a Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target | None:
    """Where it leads; None where it has not the one plain form."""
    found = _URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if found is None or ".." in found["host"] or int(found["port"] or 1) > 65535:
        return None
    scheme = found["scheme"]
    host = found["host"].strip("[]").lower()
    return Target(scheme, host, int(found["port"] or PORTS[scheme]), found["path"] or "/")


def check_url(url: str, *, by_http: bool) -> None:
    """Refuse an address to which nothing can be sent; RuleError says how one is written."""
    target = target_of(url)
    if target is None:
        message = (
            "Write it as https://host/path: without user, password or fragment, a name beyond"
            f" ASCII as xn--…, other characters percent-encoded, {LONGEST_URL} at most."
        )
        raise RuleError(message, code="url", field="url")
    if target.scheme != "https" and not by_http:
        message = "It has to begin with https: what is sent is the firm's business."
        raise RuleError(message, code="url", field="url")


def may_lead_to(address: str, *, allowed: bool = False) -> bool:
    """Whether a connection may be made to this address of the net.

    ``allowed``: the firm names this host itself, so it may lie in its own network; to a machine's
    metadata, to everybody at once or to nobody no host may lead.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.scope_id is not None:
        return False
    refused = NEVER_EVEN_ALLOWED if allowed else NOT_PUBLIC
    if any(found in each for each in refused if each.version == found.version):
        return False
    return _may_be_allowed(found) if allowed else _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    is_unicast = found.is_global and not found.is_multicast
    return is_unicast and (found.version == 4 or found in GLOBAL_6)


def _may_be_allowed(found: IPv4Address | IPv6Address) -> bool:
    """No IPv4 address inside an IPv6 one: it would be judged as another than it is."""
    if isinstance(found, IPv4Address):
        return True
    inside = found.ipv4_mapped or found.sixtofour or found.teredo
    own = found.is_loopback or found in ip_network("fc00::/7")
    return not inside and (own or _is_public(found))
