"""/first-days: what is still to be done before the firm writes to real clients?

For partners and for whoever keeps the machines running. The inbox says how far it is until all is
done; what reminders knows is asked at most once a minute for that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.first_days import (
    SAID_BY_PEOPLE,
    Facts,
    Step,
    are_done,
    check_sees_first_days,
    may_see_first_days,
    steps,
)
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.rule_words import kind_label
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.workflow.first_days import first_days_needs, said_so_far, say_done

router = APIRouter()
REMINDERS, GATEWAY = "reminders", "gateway"
FRESH = timedelta(minutes=1)
AWAY = N_("Not known just now: the service that knows it is away, or of an older release.")
NOTICES = Words(
    {
        "CLIENTELE_FIRM_ADDRESS": N_("the firm's address"),
        "CLIENTELE_IMPRINT_URL": N_("the imprint"),
        "CLIENTELE_PRIVACY_URL": N_("the privacy notice"),
    }
)
SAMPLES = Words(
    {
        "CLIENTELE_FIRM_NAME": N_("the firm's name"),
        "CLIENTELE_MAIL_FROM": N_("the address mail comes from"),
    }
)
JUDGED = Words(
    {
        "from": N_("the sender that is shown"),
        "judged": N_("a server that says how it judged the mail"),
        "spf": "SPF",
        "dkim": "DKIM",
        "alignment": "DMARC",
    }
)
KINDS = Words(
    {
        "clients": N_("clients"),
        "matters": N_("matters"),
        "parties": N_("parties"),
        "appointments": N_("appointments"),
        "invoices": N_("invoices"),
    }
)


@dataclass(frozen=True, slots=True)
class StepWords:
    """One line in words: what is to be so, where it is done, and what was found."""

    title: str
    how: str
    place: str = ""  # an address of the desk
    place_words: str = ""


WORDS = {
    "name": StepWords(
        N_("The firm's own name and sender"),
        N_(
            "Until then no message leaves. Say the name in the studio under The firm, the address "
            "mail comes from under Mail, logo and colours under Looks, and propose it. A second "
            "person approves; nothing is started anew."
        ),
        "/studio/values?section=firm",
        N_("Say who the firm is"),
    ),
    "notices": StepWords(
        N_("Address, imprint and privacy notice below every message"),
        N_("Say them in the studio under The firm, and propose it. A second person approves."),
        "/studio/values?section=firm",
        N_("Say what stands below messages"),
    ),
    "mail": StepWords(
        N_("Mail of ours is believed where it arrives"),
        N_(
            "Have a test mail sent to yourself. What the receiving server says of it (SPF, DKIM, "
            "DMARC) is read back, with what is to be mended."
        ),
        "/first-days/sender",
        N_("Send a test mail"),
    ),
    "people": StepWords(
        N_("The people who work here"),
        N_("Let each of them in: they get a link, and choose a password of their own."),
        "/people",
        N_("Let somebody in"),
    ),
    "second-person": StepWords(
        N_("A second person wherever one may not decide alone"),
        N_(
            "Whoever wrote a letter does not approve it. Give somebody a second role; or say in "
            "the studio under Who decides what who else may, or under Law that the firm is one "
            "lawyer's."
        ),
        "/studio/values?section=roles",
        N_("Say who decides what"),
    ),
    "book": StepWords(
        N_("The clients and matters the firm has already"),
        N_(
            "Bring the lists of your earlier programs: nobody is written to about the past, and "
            "what still lies ahead is reminded of. Without any, say so."
        ),
        "/imports",
        N_("Take in a list"),
    ),
    "rules": StepWords(
        N_("What clients are sent, and when, was looked at"),
        N_(
            "Read each rule and each text in the studio. What you change there you can try on the "
            "firm's own past before a second person approves it."
        ),
        "/studio",
        N_("Look at the rules"),
    ),
}
BUTTONS = Words(
    {
        "book": N_("There are none to import"),
        "rules": N_("They are right for us"),
    }
)


@router.get("/first-days")
async def show_first_days(request: Request, visit: Visitor) -> Response:
    """The list, reckoned now."""
    check_sees_first_days(visit.person)
    found = await _reckoned(visit)
    names = await names_of(visit.context, [each.said.by for each in found if each.said])
    return visit.page(
        "first_days.html",
        steps=[(each, WORDS[each.line], _found(each, names, visit)) for each in found],
        buttons=BUTTONS,
        done=sum(each.done for each in found),
        ready=are_done(found),
        outcome=await shown_outcome(visit, request.query_params.get("did", "")),
    )


@router.post("/first-days/{line}")
async def say_line_done(form: Sent, line: str) -> Response:
    """A person says that one of the lines nobody can reckon is done."""
    visit = form.visit
    check_sees_first_days(visit.person)
    if line not in SAID_BY_PEOPLE:
        raise ProblemError(404, _("There is no such line."), code="not-found")
    await visit.context.desk.act(say_done(line, visit.id), first_days_needs, form.id)
    visit.context.first_days.forget()
    return go(with_outcome("/first-days", await keep_outcome(form, _("Noted, with your name."))))


async def first_days_left(visit: Visit) -> str:
    """How far the firm is, for the head of the inbox; empty when ready, or nobody can say."""
    if not may_see_first_days(visit.person):
        return ""
    seen, now = visit.context.first_days, visit.context.now()
    if not seen.is_fresh(now):
        found = await _reckoned(visit)
        known = all(each.known for each in found)
        done = sum(each.done for each in found)
        words = _(
            "{done} of {found} things are done before the firm writes to real clients."
        ).format(done=done, found=len(found))
        seen.keep(words if known and not are_done(found) else "", now + FRESH)
    return seen.words


async def _reckoned(visit: Visit) -> tuple[Step, ...]:
    desk = visit.context.desk
    figures = await desk.services.figures(REMINDERS)
    doors = await desk.services.figures(GATEWAY)
    unit = await desk.runtime.look(first_days_needs)
    return steps(
        Facts(
            samples=figures.own.samples if figures else None,
            lacking=figures.own.lacking if figures else None,
            staff=await desk.staff.everybody(),
            firm_roles=desk.firm_roles,
            who_decides=desk.who_decides,
            sole_practice=desk.sole_practice,
            said=said_so_far(unit).said,
            sender=figures.own.sender if figures else None,
            imported=doors.own.imported if doors else None,
        )
    )


def _found(step: Step, names: dict[str, str], visit: Visit) -> str:
    """What is amiss, or who said that it is done."""
    if not step.known:
        return _(AWAY)
    if step.counts:
        found = step.counts.items()
        counted = ", ".join(f"{number:,} {KINDS.get(kind, kind)}" for kind, number in found)
        return _("Imported: {counted}.").format(counted=counted)
    if step.said is not None:
        at: datetime = step.said.at
        return _("{by} said so on {exactly}.").format(
            by=names[step.said.by], exactly=exactly(at, visit.context.desk.zone)
        )
    if step.found_at is not None:
        return _("A test mail was believed on {exactly}.").format(
            exactly=exactly(step.found_at, visit.context.desk.zone)
        )
    said = {**NOTICES, **SAMPLES, **JUDGED}
    amiss = ", ".join(said.get(each) or kind_label(each) for each in step.amiss)
    return _("Still to do: {amiss}.").format(amiss=amiss) if amiss else ""
