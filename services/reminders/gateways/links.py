"""How does a message get the link that only the owner of a page can make?"""

import re
from typing import Any

from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError

SAFE_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]{1,2000}")


class NatsLinks:
    """The services that own pages, asked over NATS."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def link(self, name: str, link_id: str) -> str:
        """The link for one id; TemporaryError: its owner is away, RuleError: it makes none."""
        service, _, purpose = name.partition("/")
        asked = {"purpose": purpose, "id": link_id}
        answer: dict[str, Any] = await self._runtime.request(f"links.{service}", asked)
        url = answer.get("url")
        if isinstance(url, str) and SAFE_URL.fullmatch(url):
            return url
        refused = answer.get("refused")
        if isinstance(refused, dict) and refused.get("code") in ("try-again", "failed"):
            raise TemporaryError("the owner of the link cannot make it now")
        raise RuleError("The owner makes no such link.", code="no-link")
