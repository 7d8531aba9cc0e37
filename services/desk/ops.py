"""What may ops ask the desk about staff? ``staff``: list, add, link, disable.

A link to set a password works once, for a day; it is told to whoever asked and kept as a hash.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from services.desk.domain.accounts import check_password, plain_user
from services.desk.domain.digest import address_of
from services.desk.ports import ACCOUNTS, StaffBook
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
from shared.contracts.fields import Email, Id
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.web.passwords import hash_password

Asked = dict[str, Any]
Book = Callable[[Runtime], StaffBook]
Handler = Callable[[Runtime, Asked], Awaitable[Asked]]
_ID: TypeAdapter[str] = TypeAdapter(Id)
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


def staff_requests(
    book_of: Book, url_of: Callable[[Runtime], str], *, passwords: bool = True
) -> Callable[[Runtime, Asked], Awaitable[Asked]]:
    """Answers the command ``clientele staff``; without passwords there is no link to set one."""

    async def answer(runtime: Runtime, asked: Asked) -> Asked:
        url = url_of(runtime)
        match asked.get("do", "list"):
            case "list":
                return {"staff": await _list(runtime, book_of(runtime))}
            case "add":
                _check_passwords(passwords or asked.get("password") is None)
                return await _add(runtime, asked, url if passwords else None)
            case "link":
                _check_passwords(passwords)
                return await _link(runtime, str(asked.get("staff_id")), url)
            case "disable":
                return await _disable(runtime, book_of(runtime), str(asked.get("staff_id")))
        raise RuleError("Do one of: list, add, link, disable.", field="do")

    return answer


def _check_passwords(allowed: bool) -> None:
    if not allowed:
        message = "Passwords are off: people sign in with the firm's single sign-on."
        raise RuleError(message, code="passwords-off", field="password")


async def _list(runtime: Runtime, book: StaffBook) -> list[Asked]:
    everybody = await book.everybody()
    unit = await runtime.look(lambda _: [ACCOUNTS.one(each.staff_id) for each in everybody])
    found = []
    for person in everybody:
        account = unit.get(ACCOUNTS, person.staff_id)
        found.append(
            {
                "staff_id": person.staff_id,
                "roles": list(person.roles),
                "active": person.active,
                "user": account.user if account else None,
                "email": address_of(account),
                "has_password": bool(account and account.password),
            }
        )
    return found


async def _add(runtime: Runtime, asked: Asked, url: str | None) -> Asked:
    password, user = asked.get("password"), plain_user(str(asked.get("user") or ""))
    token = secrets.token_urlsafe(32)
    if password is not None:
        check_password(str(password), str(password), user)
    joining = Joining(
        staff_id=_staff_id(asked),
        roles=tuple(str(role) for role in asked.get("roles") or ()),
        user=str(asked.get("user") or ""),
        name=str(asked.get("name") or "")[:200],
        email=_email(asked),
        link_hash=_hash(token) if url else None,
        password_hash=await hash_password(str(password)) if password is not None else None,
    )
    await _act(runtime, join(joining, real_now(), runtime.settings.firm_zone), join_needs(joining))
    told: Asked = {"staff_id": joining.staff_id, "user": user}
    if password is not None or url is None:
        return told
    return told | {"link": f"{url}/welcome/{token}"}


async def _link(runtime: Runtime, staff_id: str, url: str) -> Asked:
    token = secrets.token_urlsafe(32)
    step = invite(staff_id, _hash(token), real_now())
    await _act(runtime, step, invite_needs(staff_id))
    return {"staff_id": staff_id, "link": f"{url}/welcome/{token}"}


async def _disable(runtime: Runtime, book: StaffBook, staff_id: str) -> Asked:
    hashes = [key.key_hash for key in await book.keys() if key.staff_id == staff_id]
    step = disable(staff_id, hashes, runtime.settings.firm_zone)
    await _act(runtime, step, disable_needs(staff_id, hashes))
    return {"staff_id": staff_id, "active": False}


async def _act(runtime: Runtime, step: Any, needs: Any) -> None:
    id = f"staff-{uuid4().hex}"
    cause = Cause("urn:clientele:desk", id, "request", id, None, runtime.clock.now())
    await runtime.act(step, needs, cause=cause)


def _staff_id(asked: Asked) -> str:
    try:
        return _ID.validate_python(asked.get("staff_id"))
    except ValidationError:
        message = "Give the id of the practice-management system: letters, digits, - and _."
        raise RuleError(message, code="invalid", field="staff_id") from None


def _email(asked: Asked) -> str | None:
    if not asked.get("email"):
        return None
    try:
        return _EMAIL.validate_python(asked["email"])
    except ValidationError:
        message = "Give one e-mail address, like name@example.com."
        raise RuleError(message, code="invalid", field="email") from None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
