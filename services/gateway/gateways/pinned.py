"""How is another system spoken to at exactly the address that was judged?

Under the name its certificate must bear, by no proxy, with no redirect followed and no connection
used twice: what was checked is what is spoken to.
"""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from services.gateway.domain.target_urls import Target


def trusted(authorities: Path | None) -> ssl.SSLContext:
    """Whose certificates are believed: the usual ones, and those of the firm."""
    context: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)
    if authorities is not None:
        context.load_verify_locations(authorities)
    return context


def pinned_client(trust: ssl.SSLContext, seconds: float) -> httpx.AsyncClient:
    """A client for one request."""
    return httpx.AsyncClient(
        verify=trust,
        trust_env=False,
        follow_redirects=False,
        timeout=seconds,
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def at_address(target: Target, address: str) -> str:
    """The URL with the address in place of the host's name."""
    at = f"[{address}]" if ":" in address else address
    return f"{target.scheme}://{at}:{target.port}{target.path}"


def under_name(target: Target) -> Mapping[str, Any]:
    """By which name its certificate is judged."""
    return {"sni_hostname": target.host}


def is_certificate(failure: Exception) -> bool:
    """Whether a connection was not begun because of the other side's certificate."""
    return isinstance(failure.__context__, ssl.SSLError) or "CERTIFICATE" in str(failure)
