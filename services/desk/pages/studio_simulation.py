"""/studio/editions/{edition}/simulation: what would this change have done with the firm's past?

Started, watched and cancelled here; what was found is about exactly the change that is shown. A
client stands by name only before whoever may see them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.clients import may_see_clients
from services.desk.domain.labels import said
from services.desk.domain.walls import walled_off
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.studio_asking import ask_studio, at
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.ports.clients import CARDS
from shared.contracts.simulations import SimulatedExample, SimulationFound, SimulationState
from shared.errors import RuleError

router = APIRouter()
PLACE = "/studio/editions/{edition}/simulation"
PERIODS = Words(
    {"30": N_("The last 30 days"), "90": N_("The last 90 days"), "365": N_("The last year")}
)
GROUPS = Words(
    {
        "would-act": (
            N_("Would happen, and did not"),
            N_("Clients would have got it, or staff been asked."),
        ),
        "would-stop": (N_("Happened, and would not any more"), ""),
        "would-move": (N_("Would happen at another time"), ""),
        "would-be-held-back": (
            N_("Would be planned, and held back"),
            N_("By hours, caps, consents, wishes or restrictions."),
        ),
        "would-be-missed": (
            N_("Commitments that would have been missed"),
            N_("The firm owed them."),
        ),
        "would-not-be-missed": (N_("Commitments that would not have been missed"), ""),
    }
)
STATES = Words(
    {
        "waiting": (N_("Waits for a process"), "accent"),
        "running": (N_("Runs"), "accent"),
        "done": (N_("Done"), "ok"),
        "cancelled": (N_("Cancelled"), ""),
        "failed": (N_("Not done"), "danger"),
        "lost": (N_("Lost"), "danger"),
    }
)
OPEN = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Line:
    """One example, as this reader may see it."""

    whom: str
    place: str
    before: str
    after: str
    why: str


@dataclass(slots=True)
class RuleFound:
    """One rule in one group: how often, why, and some of them."""

    rule_id: str
    count: int = 0
    reasons: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    kept_away: int = 0  # examples of clients this reader may not see

    @property
    def title(self) -> str:
        """As people say it."""
        return said(self.rule_id)


@router.get(PLACE)
async def show_simulation(visit: Visitor, edition: str) -> Response:
    """The run about this change as it stands, or the form that starts one."""
    return await _page(visit, edition, {}, {})


@router.post(PLACE)
async def decide(form: Sent, edition: str) -> Response:
    """Start it, or cancel it."""
    visit, typed = form.visit, form.typed.plain()
    asked: dict[str, Any] = {
        "ask": "cancel-simulation" if typed.get("do") == "cancel" else "simulate",
        "edition": _number(edition),
        "content_hash": typed.get("content_hash") or None,
        "request_id": form.id,
    }
    if typed.get("days", "").isdecimal():
        asked["days"] = int(typed["days"][:4])
    try:
        await ask_studio(visit, SimulationState, **asked)
    except RuleError as no:
        status = 422 if no.field else 409
        return await _page(visit, edition, typed, {no.field or "": no.message}, status)
    return go(PLACE.format(edition=edition))


def _number(edition: str) -> str | None:
    return None if edition == "draft" else edition


async def _page(
    visit: Visit, edition: str, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200,
) -> Response:  # fmt: skip
    told = await ask_studio(visit, SimulationState, ask="simulation", edition=_number(edition))
    people = [each for each in (told.run.by if told.run else None, told.busy_with) if each]
    return visit.page(
        "studio_simulation.html",
        status,
        told=told,
        run=told.run,
        name=_("your draft") if edition == "draft" else _numbered(N_("edition {number}"), told),
        back_name=_("Your draft")
        if edition == "draft"
        else _numbered(N_("Edition {number}"), told),
        place=PLACE.format(edition=edition),
        back=f"/studio/editions/{edition}",
        facts=await run_facts(visit, told),
        groups=await _groups(visit, told.run.found if told.run else None),
        runs=told.run is not None and told.run.state in OPEN,
        periods=list(PERIODS.items()),
        names=await names_of(visit.context, people),
        typed={"days": "30", **typed},
        errors=errors,
        with_clients=may_see_clients(visit.person),
    )


def _numbered(words: str, told: SimulationState) -> str:
    return _(words).format(number=told.edition)


async def run_facts(visit: Visit, told: SimulationState) -> dict[str, Any]:
    """What stands of a run in a few words, also on the page where it is approved."""
    zone, run = visit.context.desk.zone, told.run
    facts: dict[str, Any] = {"older_at": at(told.older_at, zone)}
    if run is None:
        return facts
    names = await names_of(visit.context, [run.by, run.why])
    facts |= {
        "state": STATES[run.state],
        "by": names.get(run.by, run.by),
        "why": names.get(run.why, run.why),
        "at": at(run.ended_at or run.at, zone),
        "percent": min(99, 100 * run.heard // run.newest) if run.newest else 0,
    }
    found = run.found
    if found is not None:
        facts |= {
            "since": at(found.since, zone),
            "until": at(found.until, zone),
            "kept_from": at(found.kept_from, zone),
            "short": bool(found.kept_from and found.kept_from > found.since),
            "counts": _counts(found),
        }
    return facts


def _counts(found: SimulationFound) -> list[tuple[str, str, int]]:
    """How many of each group, by its name and title."""
    sums = dict.fromkeys(GROUPS, 0)
    for each in found.counts:
        sums[each.what] = sums.get(each.what, 0) + each.count
    return [(name, GROUPS[name][0], count) for name, count in sums.items() if name in GROUPS]


async def _groups(
    visit: Visit, found: SimulationFound | None
) -> list[tuple[str, str, str, Sequence[RuleFound]]]:
    if found is None:
        return []
    names = await _client_names(visit, found.examples)
    rules: dict[tuple[str, str], RuleFound] = {}
    for count in found.counts:
        rule = rules.setdefault((count.what, count.rule_id), RuleFound(count.rule_id))
        rule.count += count.count
        if count.why:
            rule.reasons.append(f"{retold(said(count.why))}: {count.count}")
    for each in found.examples:
        rule = rules.setdefault((each.what, each.rule_id), RuleFound(each.rule_id))
        line = _line(visit, each, names)
        if line is None:
            rule.kept_away += 1
        else:
            rule.lines.append(line)
    return [
        (name, *GROUPS[name], [rule for (what, _), rule in rules.items() if what == name])
        for name in GROUPS
        if any(what == name for what, _ in rules)
    ]


def _line(visit: Visit, each: SimulatedExample, names: Mapping[str, str]) -> Line | None:
    """The example; None where this reader may not see whom it is about."""
    about = {"client_id": each.client_id, "matter_id": each.matter_id}
    if not may_see_clients(visit.person) or walled_off(about, visit.person.screened):
        return None
    zone, id = visit.context.desk.zone, each.client_id or ""
    return Line(
        whom=names.get(id, id) or _("No client"),
        place=f"/clients/{id}" if id else "",
        before=at(each.before, zone),
        after=at(each.after, zone),
        why=retold(said(each.why)) if each.why else "",
    )


async def _client_names(visit: Visit, examples: Iterable[SimulatedExample]) -> dict[str, str]:
    """What the clients of the examples are called, for whoever sees clients."""
    if not may_see_clients(visit.person):
        return {}
    ids = sorted({each.client_id for each in examples if each.client_id})
    unit = await visit.context.desk.runtime.look(lambda _: [CARDS.one(each) for each in ids])
    cards = {each: unit.get(CARDS, each) for each in ids}
    return {id: card.name for id, card in cards.items() if card is not None and card.name}
