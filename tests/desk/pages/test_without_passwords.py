"""Where the single sign-on is the only way in, is nothing about passwords left?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from services.desk.ops.staff_requests import StaffAsked, staff_requests
from services.desk.settings import DeskSettings
from shared.errors import RuleError
from tests.desk.browsing import PASSWORD, Site, form_fields, invited, site_at
from tests.desk.facts import NOON
from tests.desk.memory import MemoryStaffBook


class Vouching:
    """A single sign-on that is never asked."""

    async def address(self, **_: str) -> str:
        """Where the browser is sent."""
        return "https://id.example/authorize"

    async def redeem(self, *_: str, **__: str) -> Any:
        """Nobody comes back here."""
        raise AssertionError


@pytest.fixture
async def site() -> Site:
    """A desk at which nobody has a password."""
    return await site_at(NOON, sso=Vouching(), passwords=False)


async def test_the_sign_in_page_offers_the_single_sign_on_alone(site: Site) -> None:
    text = (await site.browser().get("/login")).text
    assert "Sign in with Example ID" in text
    assert "password" not in text.lower()


async def test_even_the_right_password_lets_nobody_in(site: Site) -> None:
    browser = site.browser()
    with_form = await site_at(NOON)
    page = await with_form.browser().get("/login")
    fields = form_fields(page.text, "/login") | {"user": "leo", "password": PASSWORD}
    answer = await browser.client.post("/login", data=fields)
    assert answer.status_code == 404
    assert "Nobody has a password here. Sign in with Example ID." in answer.text
    assert (await browser.get("/inbox")).status_code != 200


async def test_a_link_to_set_a_password_leads_nowhere(site: Site) -> None:
    place = invited(site)
    browser = site.browser()
    assert (await browser.get(place)).status_code == 404
    assert (await browser.client.post(place, data={"password": PASSWORD})).status_code == 404


def asked_of(site: Site) -> Callable[[dict[str, Any]], Any]:
    """What the command line asks the desk about staff."""
    runtime: Any = site.memory.desk.runtime
    runtime.settings = SimpleNamespace(firm_zone="Europe/Berlin")
    book = MemoryStaffBook(site.memory.office)
    staff = staff_requests(lambda _: book, lambda _: "https://desk.example", passwords=False)

    async def ask(question: dict[str, Any]) -> dict[str, Any]:
        asked = StaffAsked.model_validate({"ask": "staff", **question})
        return (await staff.answer(runtime, asked)).model_dump(exclude_unset=True)

    return ask


async def test_whoever_joins_gets_no_link(site: Site) -> None:
    ask, nia = asked_of(site), {"staff_id": "nia", "roles": ["lawyer"], "user": "nia@firm.example"}
    assert await ask({"do": "add", **nia}) == {"staff_id": "nia", "user": "nia@firm.example"}
    for refused in ({"do": "link", "staff_id": "nia"}, {"do": "add", "password": PASSWORD, **nia}):
        with pytest.raises(RuleError, match="Passwords are off"):
            await ask(refused)


async def test_the_command_says_what_clients_read_of_somebody_and_says_it_again(site: Site) -> None:
    ask, nia = asked_of(site), {"staff_id": "nia", "roles": ["lawyer"], "user": "nia@firm.example"}
    read = {"name": "Nia Roth", "phone": "+49 30 77", "title": "Rechtsanwältin"}
    await ask({"do": "add", **nia, **read})
    await ask({"do": "add", **nia})
    (found,) = [e for e in (await ask({"do": "list"}))["staff"] if e["staff_id"] == "nia"]
    assert {name: found[name] for name in read} == read
    for field, typed in (("phone", "ring me"), ("title", "a\nb")):
        with pytest.raises(RuleError) as no:
            await ask({"do": "add", **nia, field: typed})
        assert no.value.field == field


async def test_nobody_joins_under_a_name_that_would_be_kept_as_anothers(site: Site) -> None:
    nia = {"staff_id": "nia", "roles": ["lawyer"], "user": "aßistant@firm.example"}
    with pytest.raises(RuleError, match=r"Write this log-in name as assistant@firm\.example"):
        await asked_of(site)({"do": "add", **nia})


def test_passwords_are_turned_off_beside_a_single_sign_on_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_PASSWORDS", "off")
    with pytest.raises(ValidationError, match="nobody could sign in"):
        DeskSettings()
    monkeypatch.setenv("DESK_OIDC_ISSUER", "https://id.example")
    monkeypatch.setenv("DESK_OIDC_CLIENT_ID", "desk")
    monkeypatch.setenv("DESK_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "secret"))
    assert not DeskSettings().passwords
