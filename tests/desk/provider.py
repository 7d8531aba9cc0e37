"""A small OpenID provider on a real port: it signs id tokens, or what a test makes of them."""

import base64
import hashlib
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import RedirectResponse, Response

from shared.clock import real_now
from tests.conftest import free_base
from tests.serving import served

CLIENT, SECRET = "the-desk", "provider secret"
KEY = RSAKey.generate_key(2048, {"kid": "k-1", "use": "sig", "alg": "RS256"})
STRANGERS = RSAKey.generate_key(2048, {"kid": "k-1", "use": "sig", "alg": "RS256"})
CONFIDENTIAL = HTTPBasic()


@dataclass
class Provider:
    """Whom it vouches for, and how a test has it go wrong."""

    issuer: str
    says_issuer: str = ""
    sub: str = "sub-leo"
    email: str = "leo"
    verified: bool = True
    claims: dict[str, Any] = field(default_factory=dict)  # instead of the right ones
    key: RSAKey = field(default_factory=lambda: KEY)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "k-1"})
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    redeemed: int = 0

    def description(self) -> dict[str, Any]:
        """What stands at its well-known address."""
        return {
            "issuer": self.says_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        }

    def code_for(self, asked: dict[str, str]) -> str:
        """The person has signed in there: a code that works once."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return code

    def id_token(self, asked: dict[str, str]) -> str:
        """The token for a code, signed."""
        now = int(real_now().timestamp())
        said = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.sub, "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "email": self.email, "email_verified": self.verified,
        }  # fmt: skip
        claims = {name: v for name, v in (said | self.claims).items() if v is not None}
        if self.header["alg"] == "none":
            parts = (_plain(json.dumps(each)) for each in (self.header, claims))
            return ".".join([*parts, ""])
        return jwt.encode(self.header, claims, self.key)


def application(provider: Provider) -> FastAPI:
    """Its four addresses."""
    web = FastAPI()

    @web.get("/.well-known/openid-configuration")
    async def describe() -> dict[str, Any]:
        return provider.description()

    @web.get("/jwks")
    async def keys() -> dict[str, Any]:
        return {"keys": [KEY.as_dict(private=False)]}

    @web.get("/authorize")
    async def authorize(
        client_id: str, redirect_uri: str, state: str, nonce: str, code_challenge: str,
        code_challenge_method: str, response_type: str, scope: str,
    ) -> Response:  # fmt: skip
        right = (CLIENT, "code", "S256")
        if (client_id, response_type, code_challenge_method) != right or "openid" not in scope:
            raise HTTPException(400)
        asked = {"nonce": nonce, "challenge": code_challenge, "redirect_uri": redirect_uri}
        answer = urlencode({"code": provider.code_for(asked), "state": state})
        return RedirectResponse(f"{redirect_uri}?{answer}", status_code=302)

    @web.post("/token")
    async def token(
        known: Annotated[HTTPBasicCredentials, Depends(CONFIDENTIAL)],
        grant_type: Annotated[str, Form()],
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
    ) -> dict[str, Any]:
        asked = provider.codes.pop(code, None)
        if (known.username, known.password, grant_type) != (CLIENT, SECRET, "authorization_code"):
            raise HTTPException(401)
        if asked is None or asked["redirect_uri"] != redirect_uri:
            raise HTTPException(400)
        if asked["challenge"] != _challenge(code_verifier):
            raise HTTPException(400)
        provider.redeemed += 1
        return {"access_token": "x", "token_type": "Bearer", "id_token": provider.id_token(asked)}

    return web


@asynccontextmanager
async def identity_provider() -> AsyncIterator[Provider]:
    """A provider that runs for as long as a test needs it."""
    port = free_base()
    provider = Provider(f"http://127.0.0.1:{port}")
    async with served(application(provider), port):
        yield provider


def _challenge(verifier: str) -> str:
    return _plain(hashlib.sha256(verifier.encode()).digest())


def _plain(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
