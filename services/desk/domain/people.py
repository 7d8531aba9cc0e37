"""Who may let people in, give them roles, help them and let them in no more?

Partners, and whoever keeps the machines running. A role whose work is with clients is given and
taken by partners alone, so that nobody opens a door to clients for themselves. Nobody changes what
they could not give back to themselves: their own last role of these two, or their own way in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from services.desk.domain.accounts import Account
from services.desk.domain.second_factor import SecondFactor
from services.desk.domain.staff import ROLES, StaffMember
from services.desk.domain.walls import NotAllowedError
from shared.contracts.fields import Email, Id, Line, Phone
from shared.errors import RuleError

MAY = ("partner", "ops")
GIVEN_BY_OPS = ("ops",)
RESET_WITHIN = timedelta(hours=24)  # a second person confirms within a day
_ID: TypeAdapter[str] = TypeAdapter(Id)
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_PHONE: TypeAdapter[str] = TypeAdapter(Phone)
_LINE: TypeAdapter[str] = TypeAdapter(Annotated[Line, Field(max_length=200)])


def may_keep_staff(person: StaffMember) -> bool:
    """Whether this person may see and change who works here."""
    return person.active and any(person.has(each) for each in MAY)


def check_keeps_staff(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_keep_staff(person):
        raise NotAllowedError("People are let in by partners and ops.", code="wrong-role")


def check_roles(
    by: StaffMember, staff_id: str, before: Iterable[str], after: Iterable[str]
) -> None:
    """RuleError where this person may not change somebody's roles so."""
    was, will = set(before), set(after)
    if not will or will - set(ROLES):
        raise RuleError(f"Choose from: {', '.join(ROLES)}.", code="unknown-role", field="roles")
    others = (was ^ will) - set(GIVEN_BY_OPS)
    if others and not by.has("partner"):
        message = f"A partner gives and takes: {', '.join(sorted(others))}."
        raise RuleError(message, code="wrong-role", field="roles")
    if by.staff_id == staff_id and set(MAY) & was and not set(MAY) & will:
        message = "You would not see this page any more: a colleague takes your last such role."
        raise RuleError(message, code="own-last-role", field="roles")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadByClients:
    """What clients read of somebody, as it is to be from now on."""

    name: str
    phone: str | None = None
    title: str | None = None


def with_read(
    account: Account, said: ReadByClients, by: StaffMember, person: StaffMember
) -> Account:
    """The account with it; RuleError where this person may not say so, or the file does."""
    if set(person.roles) - set(GIVEN_BY_OPS) and not by.has("partner"):
        raise RuleError("What clients read of somebody is said by a partner.", code="wrong-role")
    if not said.name:
        raise RuleError("Give a name.", code="missing", field="name")
    after = replace(account, name=said.name, phone=said.phone, title=said.title)
    for each in account.from_file:
        if getattr(after, each) != getattr(account, each):
            message = "The file of staff says this: it is changed there."
            raise RuleError(message, code="in-the-file", field=each)
    return after


def check_lets_go(by: StaffMember, person: StaffMember) -> None:
    """RuleError where this person may not let another in no more."""
    if by.staff_id == person.staff_id:
        raise RuleError("A colleague lets you in no more; you cannot.", code="own-way-in")
    if set(person.roles) - set(GIVEN_BY_OPS) and not by.has("partner"):
        raise RuleError("Whoever works with clients is let in no more by a partner.",
                        code="wrong-role")  # fmt: skip


def asked_to_reset(factor: SecondFactor, by: str, now: datetime) -> SecondFactor:
    """One person says that app and recovery codes are lost; a second one has to confirm it."""
    if by == factor.staff_id:
        raise RuleError("A colleague asks for it; you cannot yourself.", code="own-factor")
    return replace(factor, reset_asked_by=by, reset_asked_at=now)


def check_confirms_reset(factor: SecondFactor, by: str, now: datetime) -> None:
    """RuleError where this person cannot be the second one."""
    asked_at = factor.reset_asked_at
    if asked_at is None or now - asked_at > RESET_WITHIN:
        raise RuleError("Nobody has asked for it within a day: ask first.", code="not-asked")
    if by in (factor.staff_id, factor.reset_asked_by):
        raise RuleError("Somebody else than who asked, and than whose it is, confirms it.",
                        code="second-person")  # fmt: skip


def plain_id(typed: str | None) -> str:
    """The id of the practice-management system; RuleError where it is none."""
    remedy = "Give the id of the practice-management system: letters, digits, - and _."
    return _plain(_ID, typed, "staff_id", remedy)


def plain_phone(typed: str | None) -> str | None:
    """One telephone number, or none; RuleError where it is something else."""
    remedy = "Give one telephone number, like +49 30 1234567."
    return _plain(_PHONE, typed, "phone", remedy) if typed else None


def plain_line(typed: str, field: str) -> str:
    """Some words on one line, as they are kept; RuleError where they are more than that."""
    return _plain(_LINE, typed.strip(), field, "Write one line, of 200 signs at most.")


def plain_email(typed: str | None) -> str | None:
    """One e-mail address, or none; RuleError where it is something else."""
    remedy = "Give one e-mail address, like name@example.com."
    return _plain(_EMAIL, typed, "email", remedy) if typed else None


def _plain(shape: TypeAdapter[str], typed: str | None, field: str, remedy: str) -> str:
    """What was typed, as it is kept; RuleError that names its field, with the remedy."""
    try:
        return shape.validate_python(typed)
    except ValidationError:
        raise RuleError(remedy, code="invalid", field=field) from None
