"""What may ops ask the desk about staff? ``staff``: list, add, link, disable, and more.

A link to set a password works once, for a day; it is told to whoever asked and kept as a hash.
"""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, Literal
from uuid import uuid4

from services.desk.domain.accounts import check_password, plain_user
from services.desk.domain.digest import address_of
from services.desk.domain.people import plain_email, plain_id, plain_line, plain_phone
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import StaffBook
from services.desk.workflow.second_factor import reset, reset_needs
from services.desk.workflow.staffing import (
    Joining,
    disable,
    disable_needs,
    invite,
    invite_needs,
    join,
    join_needs,
)
from shared.clock import real_now
from shared.contracts.envelope import Cause
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.ops import OpsQuestion
from shared.telemetry.logs import log
from shared.web.passwords import hash_password

Book = Callable[[Runtime], StaffBook]


class StaffAsked(Asked):
    """Do one of list, add, link, disable and reset-second-factor; all but list need an id."""

    ask: Literal["staff"]
    do: str = "list"
    staff_id: str | None = None
    user: str | None = None  # the log-in name
    roles: tuple[str, ...] | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None  # where clients reach this person
    title: str | None = None  # as what this person signs letters
    password: str | None = None  # without one, a link to set one is answered


class Person(Answer):
    """Somebody who works here, or did; never a password."""

    staff_id: str
    roles: list[str]
    active: bool
    user: str | None
    email: str | None
    has_password: bool
    name: str | None = None
    phone: str | None = None
    title: str | None = None


class StaffListed(Answer):
    """Everybody."""

    staff: list[Person]


class PersonChanged(Answer):
    """Somebody was let in, given a link (works once, for a day), helped, or let in no more."""

    staff_id: str
    user: str = ""
    link: str = ""
    active: bool = True


def staff_requests(
    book_of: Book, url_of: Callable[[Runtime], str], *, passwords: bool = True
) -> OpsQuestion:
    """Answers the command ``clientele staff``; without passwords there is no link to set one."""

    async def answer(runtime: Runtime, asked: StaffAsked) -> Answer:
        url = url_of(runtime)
        if asked.do != "list":
            log.info("staff_asked", code=asked.do, staff_id=asked.staff_id, reason="by command")
        match asked.do:
            case "list":
                return StaffListed(staff=await _list(runtime, book_of(runtime)))
            case "add":
                _check_passwords(passwords or asked.password is None)
                return await _add(runtime, asked, url if passwords else None)
            case "link":
                _check_passwords(passwords)
                return await _link(runtime, str(asked.staff_id), url)
            case "reset-second-factor":
                staff_id = str(asked.staff_id)
                await _act(runtime, reset(staff_id), reset_needs(staff_id))
                return PersonChanged(staff_id=staff_id)
            case "disable":
                return await _disable(runtime, book_of(runtime), str(asked.staff_id))
        raise RuleError("Do one of: list, add, link, disable, reset-second-factor.", field="do")

    return OpsQuestion("staff", StaffAsked, (StaffListed, PersonChanged), answer)


def _check_passwords(allowed: bool) -> None:
    if not allowed:
        message = "Passwords are off: people sign in with the firm's single sign-on."
        raise RuleError(message, code="passwords-off", field="password")


async def _list(runtime: Runtime, book: StaffBook) -> list[Person]:
    everybody = await book.everybody()
    unit = await runtime.look(lambda _: [ACCOUNTS.one(each.staff_id) for each in everybody])
    found = []
    for person in everybody:
        account = unit.get(ACCOUNTS, person.staff_id)
        found.append(
            Person(
                staff_id=person.staff_id,
                roles=list(person.roles),
                active=person.active,
                user=account.user if account else None,
                email=address_of(account),
                has_password=bool(account and account.password),
                name=account.name if account else None,
                phone=account.phone if account else None,
                title=account.title if account else None,
            )
        )
    return found


async def _add(runtime: Runtime, asked: StaffAsked, url: str | None) -> PersonChanged:
    password, user = asked.password, plain_user(asked.user or "")
    token = secrets.token_urlsafe(32)
    if password is not None:
        check_password(password, password, user)
    joining = Joining(
        staff_id=plain_id(asked.staff_id),
        roles=asked.roles or (),
        user=asked.user or "",
        name=plain_line(asked.name or "", "name"),
        email=plain_email(asked.email),
        phone=plain_phone(asked.phone),
        title=plain_line(asked.title or "", "title") or None,
        link_hash=_hash(token) if url else None,
        password_hash=await hash_password(password) if password is not None else None,
    )
    await _act(runtime, join(joining, real_now(), runtime.settings.firm_zone), join_needs(joining))
    if password is not None or url is None:
        return PersonChanged(staff_id=joining.staff_id, user=user)
    return PersonChanged(staff_id=joining.staff_id, user=user, link=f"{url}/welcome/{token}")


async def _link(runtime: Runtime, staff_id: str, url: str) -> PersonChanged:
    token = secrets.token_urlsafe(32)
    step = invite(staff_id, _hash(token), real_now())
    await _act(runtime, step, invite_needs(staff_id))
    return PersonChanged(staff_id=staff_id, link=f"{url}/welcome/{token}")


async def _disable(runtime: Runtime, book: StaffBook, staff_id: str) -> PersonChanged:
    hashes = [key.key_hash for key in await book.keys() if key.staff_id == staff_id]
    step = disable(staff_id, hashes, runtime.settings.firm_zone)
    await _act(runtime, step, disable_needs(staff_id, hashes))
    return PersonChanged(staff_id=staff_id, active=False)


async def _act(runtime: Runtime, step: Any, needs: Any) -> None:
    id = f"staff-{uuid4().hex}"
    cause = Cause("urn:clientele:desk", id, "request", id, None, runtime.clock.now())
    await runtime.act(step, needs, cause=cause)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
