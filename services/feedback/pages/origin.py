"""Did this form come from our own page?

Browsers say where a form was; another site's form is refused. The pages send no referrer, so a
browser may call the origin "null": then its own verdict, Sec-Fetch-Site, decides.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_same_origin(headers: Mapping[str, str], own_url: str) -> bool:
    """Whether a POST with these headers is our own page's form, or no browser's at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or _place(origin) in {_place(own_url), _host(headers)}


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower() or "nowhere"


def _host(headers: Mapping[str, str]) -> str:
    return headers.get("host", "").lower()
