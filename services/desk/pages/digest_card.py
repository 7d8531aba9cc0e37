"""What does the settings page say of a person's digest? Where it goes, when, and what of the last.

When it goes next only reminders knows: business days and holidays are its own. Is it away, or has
it not yet heard of a new choice, the page says so and shows the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.desk.domain.digest import address_of, time_for
from services.desk.pages.language import N_, Words, _, names_of_languages
from services.desk.pages.visitor import Visit
from services.desk.pages.words import exactly
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import STAFF
from services.desk.workflow.digesting import choice_of, digest_needs
from shared.contracts.answers import DigestPlanned

WENT = Words(
    {
        "sent": N_("sent"),
        "unknown": N_("sent, but nobody can say whether it arrived"),
        "nothing-to-do": N_("not sent: there was nothing to do"),
        "held": N_("not sent: all messages were held back"),
        "sample-values": N_("not sent: the firm's name or sender address is a sample"),
        "address-refused": N_(
            "not sent: this address has refused our messages. Ask for another one"
        ),
    }
)
OTHERWISE = N_("not sent: something was down when it was due")


@dataclass(frozen=True, slots=True)
class DigestCard:
    """A person's digest, as the page shows it."""

    address: str | None
    on: bool
    at: str
    language: str
    next: str = ""  # in words; "" where there is none, or nobody can say
    last: str = ""
    languages: tuple[tuple[str, str], ...] = ()


async def digest_card(visit: Visit, typed: Mapping[str, str]) -> DigestCard:
    """What holds, or what this person has just typed and was refused."""
    desk = visit.context.desk
    unit = await desk.runtime.look(digest_needs(visit.id))
    choice, account = choice_of(unit, visit.id), unit.get(ACCOUNTS, visit.id)
    at = time_for(unit.get(STAFF, visit.id), account, choice)
    plan = await desk.services.digest(visit.id) if address_of(account) else None
    return DigestCard(
        address=address_of(account),
        on=at is not None,
        at=typed.get("digest_at", choice.at),
        language=typed.get("digest_language", choice.language),
        next=_next(visit, plan, at),
        last=_last(visit, plan),
        languages=(("", _("As the firm writes")), *names_of_languages()),
    )


def _next(visit: Visit, plan: DigestPlanned | None, at: str | None) -> str:
    if at is None:
        return ""
    if plan is None:
        return _("Not known just now")
    if plan.at != at or not plan.next:
        return _("Being planned: look again in a moment")
    return _said(visit, plan.next)


def _last(visit: Visit, plan: DigestPlanned | None) -> str:
    if plan is None or not plan.last:
        return ""
    return f"{_said(visit, plan.last)}: {WENT.get(str(plan.outcome), _(OTHERWISE))}"


def _said(visit: Visit, instant: str) -> str:
    return exactly(datetime.fromisoformat(instant), visit.context.desk.zone)
