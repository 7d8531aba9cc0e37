"""Is every running service asked for part after part until its documents are up to date?"""

from typing import Any

import pytest

from deploy.infra.access.service_requests import RefusedError, Services
from deploy.infra.documents import bring_up_to_date
from deploy.infra.services import SERVICES
from shared.contracts.answers import DocumentsTold


class Scripted(Services):
    """Services that need three parts each, or are of an older release."""

    def __init__(self, older: str | None = None) -> None:
        self.asked: dict[str, list[bool]] = {}
        self._older = older

    async def ask(self, service: str, question: Any, _: float | None = None) -> Any:
        """The answer of one service."""
        if service == self._older:
            raise RefusedError(f"{service}: this is not known")
        begun = self.asked.setdefault(service, [])
        begun.append(question["begin"])
        return {"finished": len(begun) == 3, "collection": "tasks", "total": 3, "rewritten": 0,
                "checked": len(begun)}  # fmt: skip


async def test_each_service_is_asked_until_it_has_gone_through_all_and_shows_how_far_it_is() -> (
    None
):
    services, shown = Scripted(), list[tuple[str, int]]()

    def show(name: str, told: DocumentsTold) -> None:
        shown.append((name, told.checked))

    done = await bring_up_to_date(services, show)
    assert services.asked == {name: [True, False, False] for name in SERVICES}
    assert shown == [(name, part) for name in SERVICES for part in (1, 2, 3)]
    assert {told.finished for told in done.values()} == {True}


async def test_a_service_of_an_older_release_is_named() -> None:
    with pytest.raises(RefusedError, match="desk"):
        await bring_up_to_date(Scripted(older="desk"), lambda _, __: None)
