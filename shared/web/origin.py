"""Did this form come from our own page?

Browsers say where a form was; another site's form is refused. The pages send no referrer, so a
browser may call the origin "null": then its own verdict, Sec-Fetch-Site, decides.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_same_origin(headers: Mapping[str, str], own_url: str | None = None) -> bool:
    """Whether a POST with these headers is our own page's form, or no browser's at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    own = {headers.get("host", "").lower(), *([_place(own_url)] if own_url else [])}
    return origin is None or _place(origin) in own


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower() or "nowhere"
