"""How does a program of ours act as one person of the firm? Over the desk's API, like any other."""

from typing import Any, Self

import httpx

from shared.errors import ClienteleError

Json = dict[str, Any]


class DeskAwayError(ClienteleError):
    """The desk does not answer."""


class DeskRefusedError(ClienteleError):
    """The desk said no."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"the desk refused: {problem.get('detail', status)}")
        self.status = status
        self.code = str(problem.get("code", ""))


class DeskApi:
    """The desk's API with one person's key."""

    def __init__(self, base_url: str, api_key: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{base_url}/api/v1",
            headers={"Authorization": f"Bearer {api_key}"},
            timeout=10.0,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def tasks(self, **wanted: str) -> list[Json]:
        """Every task that fits, without the values of its fields."""
        return await self._every("/tasks", wanted)

    async def task(self, task_id: str) -> Json:
        """One task with everything on it."""
        return await self._call("GET", f"/tasks/{task_id}")

    async def timeline(self, client_id: str, order: str = "oldest") -> list[Json]:
        """Everything that happened to a client, or did not."""
        return await self._every(f"/clients/{client_id}/timeline", {"order": order})

    async def client(self, client_id: str) -> Json:
        """A client's card."""
        return await self._call("GET", f"/clients/{client_id}")

    async def decide(self, task: Json, decision: str, **fields: Any) -> Json:
        """Decide a task as it was seen; the task as it is afterwards."""
        body = {"decision": decision, "fields": fields, "version": task["version"]}
        return await self._call("POST", f"/tasks/{task['task_id']}/decisions", json=body)

    async def assign(self, task: Json, staff_id: str) -> Json:
        """Give a task to somebody."""
        body = {"staff_id": staff_id}
        return await self._call("POST", f"/tasks/{task['task_id']}/assign", json=body)

    async def hold(self, client_id: str, why: str) -> Json:
        """Hold back every message to a client, until somebody releases them."""
        body = {"do": "hold", "scope": "client", "why": why}
        return await self._call("POST", f"/clients/{client_id}/outgoing", json=body)

    async def _every(self, path: str, query: dict[str, str]) -> list[Json]:
        rows: list[Json] = []
        more: dict[str, str] = {}
        while True:
            page = await self._call("GET", path, params={**query, **more, "limit": "200"})
            rows += page["items"]
            if not page.get("next"):
                return rows
            more = {"next": page["next"]}

    async def _call(self, method: str, path: str, **more: Any) -> Json:
        try:
            answer = await self._http.request(method, path, **more)
        except httpx.HTTPError as error:
            raise DeskAwayError(f"the desk does not answer: {type(error).__name__}") from error
        content: Json = _content(answer)
        if answer.is_error:
            raise DeskRefusedError(answer.status_code, content)
        return content


def _content(answer: httpx.Response) -> Json:
    try:
        content: Json = answer.json()
    except ValueError:
        return {"detail": f"status {answer.status_code}"}
    return content
