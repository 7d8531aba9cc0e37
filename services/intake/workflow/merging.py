"""Two clients may be one person: who is asked, and what follows from what they say?

A conflict check offers the pair; one person proposes which id stays, a second one confirms, and it
is said to every service (``client-merged``).
"""

from collections.abc import Iterable
from typing import Any

from services.intake.domain.checks import Check
from services.intake.domain.clients import Client
from services.intake.domain.duplicates import (
    Duplicate,
    check_known,
    confirmed,
    different,
    more_of,
    pair_of,
    proposed,
    side_by_side,
)
from services.intake.ports import (
    CLIENTS,
    CONSENTS,
    DUPLICATES,
    MATTERS,
    RESTRICTIONS,
    FirmConfig,
)
from shared.contracts.envelope import Event
from shared.contracts.records import ClientMerged
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Actor,
    Decision,
    Task,
    Why,
    cancel_task,
    check_unscreened,
    complete_task,
    open_task,
    update_task,
)

KIND = "merge-clients"
REASON = "possible-duplicate"
TITLE = "Say whether two clients are one person"
OFFERED = "A conflict check found that two clients may be one person."
PROPOSED = "A colleague has seen that they are one person; a second one confirms it."
MERGED_ELSEWHERE = "merged-elsewhere"


def offer(config: FirmConfig, made: Check, unit: UnitOfWork) -> None:
    """Ask about each client that may be the one who was checked; once for each pair."""
    others = {
        hit.client_id
        for hit in made.hits
        if REASON in hit.reasons and hit.client_id not in (None, made.client_id)
    }
    for other in sorted(each for each in others if each is not None):
        if made.client_id is None:
            continue
        pair = pair_of(made.client_id, other, made.check_id)
        if unit.add(DUPLICATES, pair):
            _ask(config, pair, made.client_id, unit)


def _ask(config: FirmConfig, pair: Duplicate, client_id: str, unit: UnitOfWork) -> None:
    open_task(
        unit,
        kind=KIND,
        ref=pair.pair_id,
        about=About(client_id=client_id),
        title=TITLE,
        why=Why(event_id=unit.cause.id, text=OFFERED),
        due_at=config.times.outcome_due(unit.now),
    )


def needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The pair, and both clients."""
    return needs_of_showing(task, unit)


def decide(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Propose, confirm, or say that they are two; walls around either keep whoever they name."""
    pair = _pair(task, unit)
    _check_walls(pair, decision.actor)
    by = decision.actor.id
    if decision.decision == "different":
        unit.put(DUPLICATES, different(pair, by))
        complete_task(unit, task, "different", by)
        return
    check_known(_clients(pair, unit).values())
    if decision.decision == "same":
        after = proposed(pair, str(decision.fields.get("survivor_id") or ""), by)
        if config.sole_practice is None:
            unit.put(DUPLICATES, after)
            why = Why(event_id=unit.cause.id, text=PROPOSED)
            update_task(unit, task, why=why, barred=(*task.barred, by), owner_id=None)
            return
        pair = after
    alone = config.sole_practice is not None
    after = confirmed(pair, by, alone=alone)
    unit.put(DUPLICATES, after)
    complete_task(unit, task, decision.decision, by, sole_practice=alone)
    unit.announce(
        ClientMerged(
            survivor_id=str(after.survivor_id), merged_id=str(after.merged_id), by=by, at=unit.now
        )
    )


def needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The pair, and all that hangs on both."""
    yield DUPLICATES.one(task.ref)
    pair = unit.peek(DUPLICATES, task.ref)
    for client_id in pair.client_ids if pair is not None else ():
        yield CLIENTS.one(client_id)
        yield MATTERS.by("client", client_id)
        yield CONSENTS.by("client", client_id)
        yield RESTRICTIONS.by("subject", f"client:{client_id}")


def show(task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
    """Both cards side by side, what differs, and what becomes of it."""
    pair = _pair(task, unit)
    _check_walls(pair, actor)
    found = _clients(pair, unit)
    first, second = (found[each] or Client(client_id=each) for each in pair.client_ids)
    asked = ["same", "different"] if pair.state == "offered" else ["confirm", "different"]
    return {
        "first_id": pair.first_id,
        "second_id": pair.second_id,
        "cards": side_by_side(first, second),
        "more": [_more(each, unit) for each in pair.client_ids],
        "survivor_id": pair.survivor_id,
        "survivor_id_choices": [(each, each) for each in pair.client_ids],
        "proposed_by": pair.proposed_by,
        "state": pair.state,
        "open_decisions": asked if task.state == "open" else [],
        "not_asked": [] if pair.state == "offered" else ["survivor_id"],
    }


def hear_merge(event: Event[ClientMerged], unit: UnitOfWork) -> None:
    """Whoever said it: nobody is asked about the two any more."""
    pair = unit.get(DUPLICATES, _pair_id(event))
    for task in unit.find(TASKS, "ref", _pair_id(event)):
        if pair is not None and task.state == "open":
            cancel_task(unit, task, MERGED_ELSEWHERE)


def needs_of_merge(event: Event[ClientMerged], _: ReadSoFar) -> Iterable[Need]:
    """The pair, and the task about it."""
    return [DUPLICATES.one(_pair_id(event)), TASKS.by("ref", _pair_id(event))]


def _pair_id(event: Event[ClientMerged]) -> str:
    return pair_of(event.data.survivor_id, event.data.merged_id).pair_id


def _pair(task: Task, unit: UnitOfWork) -> Duplicate:
    pair = unit.get(DUPLICATES, task.ref)
    if pair is None:
        raise RuleError("Nothing is known of these two any more.", code="not-open")
    return pair


def _clients(pair: Duplicate, unit: UnitOfWork) -> dict[str, Client | None]:
    return {each: unit.get(CLIENTS, each) for each in pair.client_ids}


def _check_walls(pair: Duplicate, actor: Actor) -> None:
    for each in pair.client_ids:
        check_unscreened({"client_id": each}, actor)


def _more(client_id: str, unit: UnitOfWork) -> dict[str, Any]:
    return more_of(
        unit.find(MATTERS, "client", client_id),
        unit.find(CONSENTS, "client", client_id),
        [
            each
            for each in unit.find(RESTRICTIONS, "subject", f"client:{client_id}")
            if each.holds_at(unit.now)
        ],
    )
