"""Google as its documents describe it: it signs pushes, publishes keys, and shows reviews."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

AUDIENCE = "https://doors.firm.example/in/reviews"
ACCOUNT = "push@firm-project.iam.gserviceaccount.com"
LOCATION = "accounts/1/locations/2"
NAME = f"{LOCATION}/reviews/AbFv-1"
REVIEWS: dict[str, Any] = {
    "adapter": "google-reviews",
    "audience": AUDIENCE,
    "service_account": ACCOUNT,
}


@cache
def a_key(kid: str) -> RSAKey:
    """One of Google's keys; each is made once, as that takes its time."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


def a_review(**more: Any) -> dict[str, Any]:
    """A review as the API shows it."""
    return {
        "name": NAME,
        "reviewId": "AbFv-1",
        "reviewer": {"displayName": "Ada E.", "profilePhotoUrl": "https://photos.example/1"},
        "starRating": "TWO",
        "comment": "Nobody called me back.",
        "createTime": "2026-03-01T10:11:12.123456789Z",
        "updateTime": "2026-03-02T08:00:00.987654321Z",
        **more,
    }


def pushed(kind: str = "NEW_REVIEW", name: str = NAME, id: str = "m-1") -> dict[str, Any]:
    """A message as Pub/Sub pushes it."""
    said = {"notificationType": kind, "reviewName": name, "locationName": LOCATION}
    data = b64encode(json.dumps(said).encode()).decode()
    message = {"data": data, "messageId": id, "publishTime": "2026-03-02T08:59:59Z"}
    return {"message": message, "subscription": "projects/firm-project/subscriptions/reviews"}


@dataclass
class Google:
    """Its keys, its tokens and one review; as it is told."""

    review: dict[str, Any] | None = field(default_factory=a_review)
    status: int = 200  # of every answer about reviews
    token_status: int = 200
    keys_status: int = 200
    keys: tuple[str, ...] = ("k-1",)
    max_age: int = 3600
    keys_asked: int = 0
    tokens: int = 0
    asked: list[str] = field(default_factory=list)  # names of reviews
    refreshed_with: list[dict[str, str]] = field(default_factory=list)
    forgets: bool = False  # the next access token it is shown, once

    def token(self, now: datetime, key: str = "k-1", **more: Any) -> str:
        """What it puts into a push."""
        at = int(now.timestamp())
        claims = {
            "iss": "https://accounts.google.com", "aud": AUDIENCE, "azp": "113", "sub": "113",
            "email": ACCOUNT, "email_verified": True, "iat": at - 60, "exp": at + 3540, **more,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": key, "typ": "JWT"}, said, a_key(key))

    def application(self) -> FastAPI:
        """What is served."""
        web = FastAPI()

        @web.get("/certs")
        async def certs() -> JSONResponse:
            self.keys_asked += 1
            shown = KeySet([a_key(each) for each in self.keys]).as_dict(private=False)
            age = {"Cache-Control": f"public, max-age={self.max_age}, must-revalidate"}
            return JSONResponse(shown, self.keys_status, age)

        @web.post("/token")
        async def token(request: Request) -> JSONResponse:
            form = await request.form()
            self.refreshed_with.append({name: str(value) for name, value in form.items()})
            if self.token_status != 200:
                return JSONResponse({"error": "invalid_grant"}, self.token_status)
            self.tokens += 1
            return JSONResponse({"access_token": f"t-{self.tokens}", "expires_in": 3599})

        @web.get("/v4/{name:path}")
        async def get(name: str, request: Request) -> JSONResponse:
            self.asked.append(name)
            known = request.headers["authorization"] == f"Bearer t-{self.tokens}"
            if self.forgets or not known:
                self.forgets = False
                return JSONResponse({"error": {"code": 401}}, 401)
            if self.status != 200:
                return JSONResponse({"error": {"code": self.status}}, self.status)
            if self.review is None or name != self.review["name"]:
                return JSONResponse({"error": {"code": 404}}, 404)
            return JSONResponse(self.review)

        return web
