"""How does the firm's own identity provider vouch for somebody?

OpenID Connect, by the code flow with PKCE: the browser brings back a code, and only this service
can turn it into an id token, whose signature, issuer, audience, age and nonce are then checked.
"""

from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.desk.domain.accounts import vouched_user
from services.desk.ports.signing_in import SignedOn
from shared.clock import monotonic, real_now
from shared.errors import RuleError, TemporaryError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
SECONDS = 5.0
KNOWN_SECONDS = 600.0  # how long the provider's description is believed
LEEWAY_SECONDS = 60


class ProviderAwayError(TemporaryError):
    """The firm's single sign-on does not answer; try again in a moment."""


class NotVouchedError(RuleError):
    """The firm's single sign-on did not vouch for you; try again from the sign-in page."""

    def __init__(self) -> None:
        super().__init__(code="not-vouched")


class OpenIdConnect:
    """One provider, found by its issuer."""

    def __init__(self, issuer: str, client_id: str, secret: str, callback: str) -> None:
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._secret = secret
        self._callback = callback
        self._described: tuple[dict[str, Any], float] | None = None

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser; raises TemporaryError when the provider is away."""
        described = await self._description()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._callback,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{described['authorization_endpoint']}?{urlencode(asked)}"

    async def redeem(self, code: str, *, nonce: str, verifier: str) -> SignedOn:
        """Who came back with this code; RuleError when the provider does not vouch for them."""
        described = await self._description()
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._callback,
            "code_verifier": verifier,
        }
        token = await self._ask("POST", described["token_endpoint"], data=sent)
        keys = await self._ask("GET", described["jwks_uri"])
        return self._checked(str(token.get("id_token")), keys, nonce)

    def _checked(self, id_token: str, keys: dict[str, Any], nonce: str) -> SignedOn:
        wanted = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        try:
            signed = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]  # keys from outside, checked there
            params = {"nonce": nonce, "client_id": self._client_id}
            claims = CodeIDToken(signed.claims, signed.header, wanted, params)
            claims.validate(now=int(real_now().timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError):
            raise NotVouchedError from None
        user = claims.get("email") if claims.get("email_verified") is True else None
        subject = f"{self._issuer} {claims['sub']}"
        return SignedOn(subject, vouched_user(str(user)) if user else None)

    async def _description(self) -> dict[str, Any]:
        if self._described is None or monotonic() - self._described[1] > KNOWN_SECONDS:
            place = f"{self._issuer}/.well-known/openid-configuration"
            described = await self._ask("GET", place)
            if described.get("issuer", "").rstrip("/") != self._issuer:
                raise ProviderAwayError
            self._described = described, monotonic()
        return self._described[0]

    async def _ask(self, method: str, url: str, data: dict[str, str] | None = None) -> Any:
        login = (self._client_id, self._secret) if data is not None else None
        try:
            async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
                answer = await client.request(method, url, data=data, auth=login)
        except httpx.HTTPError:
            raise ProviderAwayError from None
        if 400 <= answer.status_code < 500 and data is not None:
            raise NotVouchedError
        try:
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError):
            raise ProviderAwayError from None
