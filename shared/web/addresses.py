"""Where did a request come from?

What the connection says; behind a proxy that is trusted (``CLIENTELE_TRUSTED_PROXIES``) the server
has put the address there for which the proxy asks.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

ONE_HOME = 64  # bits of an IPv6 address that a connection is given; the rest it chooses itself


def address_of(request: Request) -> str:
    """The network address a request came from, for counting tries: of IPv6 the first half."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, ONE_HOME), strict=False))
