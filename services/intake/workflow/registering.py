"""A restriction is heard of, placed or lifted: what does the register keep, and what follows?

What intake's own checks decide is heard like what other systems say: from its event. What a person
places at the desk is kept at once, with the reason, and announced.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from services.intake.domain.restrictions import (
    EFFECTS,
    FIRM,
    INSIDER_CLASSES,
    Restriction,
    check_may_lift,
    check_may_place,
    lifted,
    placed,
    staff_behind,
    words_of,
)
from services.intake.ports import RESTRICTIONS
from shared.contracts.envelope import Event
from shared.contracts.keys import id_made_of
from shared.contracts.restrictions import Kind, RestrictionLifted, RestrictionPlaced
from shared.contracts.restrictions_asked import RestrictionsAsked, Scope
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Actor, cancel_task, check_unscreened

REVIEW = "restriction-review"
Said = Event[RestrictionPlaced] | Event[RestrictionLifted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A restriction as a person asks for it, checked and ready to be placed."""

    restriction_id: str
    kind: Kind
    scope: Scope
    by: str
    why: str
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    staff_ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def hear_placed(event: Event[RestrictionPlaced], unit: UnitOfWork) -> None:
    """The register keeps what was said last."""
    before = _known(event.data.restriction_id, unit)
    _keep(before, placed(before, event.data, event.stamp), unit)


def hear_lifted(event: Event[RestrictionLifted], unit: UnitOfWork) -> None:
    """It binds nobody any more, and nobody is asked to look at it again."""
    before = _known(event.data.restriction_id, unit)
    after = lifted(before, event.data, event.stamp)
    _keep(before, after, unit)
    if after.lifted:
        _drop_reviews(after.restriction_id, unit)


def needs_of_hearing(event: Said, _: ReadSoFar) -> Iterable[Need]:
    """The row, and what was asked about it."""
    return needs_of_row(event.data.restriction_id)


def needs_of_row(restriction_id: str) -> list[Need]:
    """One restriction, and its reviews."""
    return [RESTRICTIONS.one(restriction_id), TASKS.by("ref", restriction_id)]


def placing_of(asked: RestrictionsAsked, actor: Actor) -> Placing:
    """What a person asks to be placed, or a refusal that names the field."""
    kind, scope = asked.kind or "", asked.scope or ""
    check_may_place(actor.roles, kind, scope)
    ids = {"client_id": asked.client_id, "matter_id": asked.matter_id,
           "inquiry_id": asked.inquiry_id}  # fmt: skip
    check_unscreened(ids, actor)
    if scope != FIRM and not ids[f"{scope}_id"]:
        message = f"Say around which {scope} it is placed."
        raise RuleError(message, code="missing", field=f"{scope}_id")
    named: dict[str, str | None] = {} if scope == FIRM else ids
    of_kind: Kind = kind  # type: ignore[assignment]  # checked to be one of them
    of_scope: Scope = scope  # type: ignore[assignment]  # the same
    classes = tuple(asked.classes or ()) if kind == "freeze" else ()
    return Placing(
        restriction_id=id_of(asked.request_id),
        kind=of_kind,
        scope=of_scope,
        by=actor.id,
        why=words_of(asked),
        client_id=named.get("client_id"),
        matter_id=named.get("matter_id"),
        inquiry_id=named.get("inquiry_id"),
        staff_ids=staff_behind(asked, actor.id) if kind == "wall" else (),
        classes=INSIDER_CLASSES if kind == "insider" else classes,
    )


def id_of(request_id: str | None) -> str:
    """The id of what a request places: the same for the same request."""
    if not request_id:
        raise RuleError("Say under which id this is asked.", code="missing", field="request_id")
    return id_made_of("by-hand", request_id)


def place(placing: Placing) -> Callable[[UnitOfWork], str]:
    """It holds from now on; asked twice, it is placed once."""

    def step(unit: UnitOfWork) -> str:
        if unit.get(RESTRICTIONS, placing.restriction_id) is None:
            _say_placed(Restriction(restriction_id=placing.restriction_id), placing, unit)
        return placing.restriction_id

    return step


def lift(restriction_id: str, actor: Actor, why: str) -> Callable[[UnitOfWork], str]:
    """It holds no more; RuleError for whoever may not say so."""

    def step(unit: UnitOfWork) -> str:
        row = unit.get(RESTRICTIONS, restriction_id)
        if row is None or row.at is None:
            raise RuleError("There is no such restriction.", code="unknown-restriction")
        check_may_lift(row, actor.id, actor.roles)
        if not row.lifted:
            say_lifted(row, actor.id, why, unit)
            _drop_reviews(restriction_id, unit)
        return restriction_id

    return step


def say_lifted(row: Restriction, by: str, why: str, unit: UnitOfWork) -> None:
    """Keep that it was lifted, with the reason, and say so."""
    said = RestrictionLifted(
        restriction_id=row.restriction_id,
        client_id=row.client_id,
        matter_id=row.matter_id,
        inquiry_id=row.inquiry_id,
        by=by,
        at=unit.now,
    )
    event = unit.announce(said)
    reason = f"{row.reason}\n\nLifted: {why}" if row.reason else f"Lifted: {why}"
    unit.put(RESTRICTIONS, replace(lifted(row, said, event.stamp), reason=reason))


def say_again(row: Restriction, by: str, unit: UnitOfWork, **changes: object) -> Restriction:
    """Say that it stands, as it does now: whoever hears it counts from here."""
    said = RestrictionPlaced(
        restriction_id=row.restriction_id,
        kind=row.kind,
        effect=row.effect,
        scope=row.scope,
        client_id=row.client_id,
        matter_id=row.matter_id,
        inquiry_id=row.inquiry_id,
        staff_ids=row.staff_ids or None,
        classes=row.classes or None,
        until=row.until,
        by=by,
        at=unit.now,
    )
    event = unit.announce(said)
    after = replace(placed(row, said, event.stamp), **changes)  # type: ignore[arg-type]  # fields
    unit.put(RESTRICTIONS, after)
    return after


def _say_placed(row: Restriction, placing: Placing, unit: UnitOfWork) -> None:
    asked = replace(
        row,
        kind=placing.kind,
        effect=EFFECTS[placing.kind],
        scope=placing.scope,
        client_id=placing.client_id,
        matter_id=placing.matter_id,
        inquiry_id=placing.inquiry_id,
        staff_ids=placing.staff_ids,
        classes=placing.classes,
    )
    say_again(asked, placing.by, unit, reason=placing.why)


def _drop_reviews(restriction_id: str, unit: UnitOfWork) -> None:
    for task in unit.find(TASKS, "ref", restriction_id):
        if task.state == "open" and task.kind == REVIEW:
            cancel_task(unit, task, "lifted")


def _known(restriction_id: str, unit: UnitOfWork) -> Restriction:
    return unit.get(RESTRICTIONS, restriction_id) or Restriction(restriction_id=restriction_id)


def _keep(before: Restriction, after: Restriction, unit: UnitOfWork) -> None:
    if after != before:
        unit.put(RESTRICTIONS, after)
