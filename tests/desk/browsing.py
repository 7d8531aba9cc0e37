"""The desk's pages over memory, as browsers reach them: cookies kept, forms sent as they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from types import MappingProxyType
from typing import Any

import httpx
from fastapi import FastAPI

from services.desk.domain.accounts import Account
from services.desk.domain.sign_in_paces import SignInPaces
from services.desk.domain.staff import StaffMember
from services.desk.pages.application import build_pages
from services.desk.pages.page_context import PageContext
from services.desk.pages.sign_in_limits import SignInLimits
from services.desk.ports.signing_in import ACCOUNTS, SingleSignOn
from services.desk.workflow.staffing import invite, invite_needs
from shared.contracts.envelope import Cause
from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.contracts.firm_roles import AS_SHIPPED, FirmRoles
from shared.web.passwords import hash_password
from tests.desk.facts import EVERYBODY, NOON
from tests.desk.memory import MemoryDesk, memory_desk

URL = "http://desk.test"
PASSWORD = "correct horse battery"
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
PACES = SignInPaces(person="5/minute", address="30/minute", elsewhere="60/minute")
_HASHES: dict[str, str] = {}


@dataclass
class RealTime:
    """Real time, as a test moves it."""

    now: datetime = NOON + timedelta(hours=3)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Site:
    """The pages, and everything behind them."""

    memory: MemoryDesk
    web: FastAPI
    time: RealTime = field(default_factory=RealTime)

    def browser(self, address: str = "127.0.0.1", **more: Any) -> "Browser":
        """A browser in which nobody is signed in."""
        transport = httpx.ASGITransport(self.web, raise_app_exceptions=False, client=(address, 1))
        return Browser(httpx.AsyncClient(transport=transport, base_url=URL, **more))

    async def as_person(self, person: StaffMember) -> "Browser":
        """A browser in which this person is signed in."""
        browser = self.browser()
        answer = await browser.sign_in(person.staff_id)
        assert answer.status_code == 303, answer.text
        return browser


@dataclass
class Browser:
    """One browser: it keeps cookies and sends forms with their hidden fields."""

    client: httpx.AsyncClient

    async def get(self, place: str, **more: Any) -> httpx.Response:
        """Open a page; redirects are not followed."""
        return await self.client.get(place, **more)

    async def post(
        self, place: str, page: httpx.Response, fields: Mapping[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """Send the form with this address on this page, filled in."""
        data = form_fields(page.text, place) | dict(fields or {})
        return await self.client.post(place, data=data, **more)

    async def sign_in(self, user: str, password: str = PASSWORD) -> httpx.Response:
        """Open the sign-in page and send its form."""
        page = await self.get("/login")
        return await self.post("/login", page, {"user": user, "password": password})

    async def do(self, place: str, fields: Mapping[str, Any] | None = None) -> httpx.Response:
        """Send a form with a good token, whether or not a page shows it."""
        page = await self.get("/settings")
        hidden = form_fields(page.text, "/logout")
        return await self.client.post(place, data=hidden | dict(fields or {}))


def form_fields(text: str, place: str) -> dict[str, str]:
    """The hidden fields of the form with this address, or of the first one that has none."""
    form = next(
        (
            part
            for part in re.split(r"(?=<form\b)", text)[1:]
            if f'"{place}"' in part.partition("</form>")[0] or "action=" not in part.split(">")[0]
        ),
        "",
    ).partition("</form>")[0]
    found = (dict(ATTRIBUTE.findall(each)) for each in INPUT.findall(form))
    return {
        each["name"]: unescape(each.get("value", ""))
        for each in found
        if each.get("type") == "hidden" and "name" in each
    }


async def site_at(
    now: datetime,
    *,
    url: str = URL,
    sso: SingleSignOn | None = None,
    paces: SignInPaces = PACES,
    passwords: bool = True,
    second_factor_roles: Sequence[str] = (),
    take_back: timedelta = timedelta(0),
    firm_roles: FirmRoles = AS_SHIPPED,
    who_decides: WhoDecides = NOBODY_SAID,
    locations: Mapping[str, str] = MappingProxyType({}),
) -> Site:
    """Pages at which everybody of the tests can sign in."""
    memory = memory_desk(now)
    memory.desk = replace(
        memory.desk,
        take_back=take_back,
        firm_roles=firm_roles,
        who_decides=who_decides,
        locations=locations,
    )
    memory.office.firm_roles = firm_roles
    if "" not in _HASHES:
        _HASHES[""] = await hash_password(PASSWORD)
    for person in EVERYBODY:
        _open_account(memory, person)
    time = RealTime()
    context = PageContext(
        desk=memory.desk,
        firm="Example & Partners",
        form_key=b"k" * 32,
        url=url,
        sign_ins=SignInLimits(paces),
        sso=sso,
        sso_name="Example ID",
        passwords=passwords,
        second_factor_roles=second_factor_roles,
        now=time,
    )
    return Site(memory, build_pages(context), time)


def _open_account(memory: MemoryDesk, person: StaffMember) -> None:
    account = Account(
        staff_id=person.staff_id,
        user=person.staff_id,
        name=person.staff_id.capitalize(),
        email=f"{person.staff_id}@firm.example",
        password=_HASHES[""],
    )
    cause = Cause("urn:clientele:desk", "start", "start", "start", None, memory.office.now)
    memory.office.act(
        lambda unit: unit.put(ACCOUNTS, account),
        lambda _: [ACCOUNTS.one(person.staff_id)],
        cause,
    )


def invited(site: Site, token: str = "a-link") -> str:  # noqa: S107 - a sample
    """Leo may choose a password at this place."""
    known = sha256(token.encode()).hexdigest()
    cause = Cause("urn:clientele:desk", "c-1", "request", "c-1", None, NOON)
    site.memory.office.act(invite("leo", known, site.time.now), invite_needs("leo"), cause)
    return f"/welcome/{token}"
