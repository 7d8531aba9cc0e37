"""Google Business Profile as its documents describe it, for one review: a stand-in to speak to."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

NAME = "accounts/1/locations/2/reviews/AbFv-1"


@dataclass
class Google:
    """Gives tokens, shows a review with its reply, and takes a reply; as it is told."""

    reply: dict[str, Any] | None = None
    state: str = "PENDING"  # of what is put there
    status: int = 200  # of every answer about reviews
    tokens: int = 0  # so many were given
    token_status: int = 200
    forgets: bool = False  # the next token it is shown, once
    says_state: bool = True  # as it does since April 2026
    put: list[str] = field(default_factory=list)
    refreshed_with: list[str] = field(default_factory=list)

    def application(self) -> FastAPI:
        """What is served."""
        web = FastAPI()

        @web.post("/token")
        async def token(request: Request) -> JSONResponse:
            self.refreshed_with.append((await request.body()).decode())
            if self.token_status != 200:
                return JSONResponse({"error": "invalid_grant"}, self.token_status)
            self.tokens += 1
            return JSONResponse({"access_token": f"t-{self.tokens}", "expires_in": 3599})

        @web.get("/v4/{name:path}")
        async def get(name: str, request: Request) -> JSONResponse:
            if (no := self._refused(name, request)) is not None:
                return no
            shown = {"name": name, "starRating": "ONE"}
            return JSONResponse(shown | ({"reviewReply": self.reply} if self.reply else {}))

        @web.put("/v4/{name:path}/reply")
        async def put(name: str, request: Request) -> JSONResponse:
            if (no := self._refused(name, request)) is not None:
                return no
            comment = (await request.json())["comment"]
            self.put.append(comment)
            self.reply = {"comment": comment, "updateTime": "2026-03-02T09:00:00Z"}
            if self.says_state:
                self.reply["reviewReplyState"] = self.state
            return JSONResponse(self.reply)

        return web

    def decides(self, state: str, **more: str) -> None:
        """It has looked at the reply."""
        assert self.reply is not None
        self.reply |= {"reviewReplyState": state, **more}

    def _refused(self, name: str, request: Request) -> JSONResponse | None:
        known = request.headers["authorization"] == f"Bearer t-{self.tokens}"
        if self.forgets or not known:
            self.forgets = False
            return JSONResponse({"error": {"code": 401}}, 401)
        if name != NAME:
            return JSONResponse({"error": {"code": 404}}, 404)
        return JSONResponse({"error": {}}, self.status) if self.status != 200 else None
