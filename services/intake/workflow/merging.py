"""Two clients may be one person: who is asked, and what follows from what they say?

A conflict check offers the pair, or somebody names it by hand; one person proposes which id stays,
a second one confirms, and it is said to every service (``client-merged``). In a practice of one
person time and a written reason stand for the second.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.intake.domain.checks import Check
from services.intake.domain.clients import Client
from services.intake.domain.duplicates import (
    Duplicate,
    check_known,
    confirmed,
    different,
    merged_elsewhere,
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
ALONE = "You have seen that they are one person. Nobody else can confirm it: look again later."
NAMED_BY_HAND = "A colleague says that two clients are one person."
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


def _ask(
    config: FirmConfig, pair: Duplicate, client_id: str, unit: UnitOfWork,
    *, text: str = OFFERED, occasion: str = "",
) -> Task:  # fmt: skip
    return open_task(
        unit,
        kind=KIND,
        ref=pair.pair_id,
        about=About(client_id=client_id),
        title=TITLE,
        why=Why(event_id=unit.cause.id, text=text),
        due_at=config.times.outcome_due(unit.now),
        occasion=occasion,
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
        unit.put(DUPLICATES, different(pair, by, _said(decision, "reason")))
        complete_task(unit, task, "different", by)
        return
    check_known(_clients(pair, unit).values())
    if decision.decision == "same":
        _propose(config, pair, _said(decision, "survivor_id"), by, task, unit)
        return
    after = confirmed(pair, by, unit.now, config.sole_practice, _said(decision, "why"))
    unit.put(DUPLICATES, after)
    complete_task(unit, task, decision.decision, by, sole_practice=after.alone)
    unit.announce(
        ClientMerged(
            survivor_id=str(after.survivor_id), merged_id=str(after.merged_id), by=by, at=unit.now
        )
    )


def _said(decision: Decision, name: str) -> str:
    return str(decision.fields.get(name) or "")


def _propose(
    config: FirmConfig, pair: Duplicate, survivor_id: str, by: str, task: Task, unit: UnitOfWork
) -> None:
    """Keep which id is to stay, and ask a second person, where there is one."""
    unit.put(DUPLICATES, proposed(pair, survivor_id, by, unit.now))
    alone = config.sole_practice is not None
    why = Why(event_id=unit.cause.id, text=ALONE if alone else PROPOSED)
    barred = task.barred if alone else (*task.barred, by)
    update_task(unit, task, why=why, barred=barred, owner_id=by if alone else None)


def needs_of_proposing(survivor_id: str, other_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The pair, what was asked about it, and both clients."""
    pair = pair_of(survivor_id, other_id)
    yield DUPLICATES.one(pair.pair_id)
    yield TASKS.by("ref", pair.pair_id)
    yield from (CLIENTS.one(each) for each in pair.client_ids)


def propose_by_hand(
    config: FirmConfig, survivor_id: str, other_id: str, actor: Actor, unit: UnitOfWork
) -> str:
    """Somebody has seen that two are one, without a check that offered them: it takes a second
    person all the same. The id of the task that asks them; asked twice, it is asked once.
    """
    if other_id in ("", survivor_id):
        raise RuleError("Give the other client's id.", code="same", field="other_id")
    blank = pair_of(survivor_id, other_id)
    pair = unit.get(DUPLICATES, blank.pair_id) or blank
    _check_walls(pair, actor)
    check_known(_clients(pair, unit).values())
    there = next((t for t in unit.find(TASKS, "ref", pair.pair_id) if t.state == "open"), None)
    if pair.state == "proposed" and there is not None:
        if pair.proposed_by == actor.id and pair.survivor_id == survivor_id:
            return there.task_id
        raise RuleError("Somebody has said so already: confirm it.", code="proposed-before")
    task = there or _ask(
        config, pair, other_id, unit, text=NAMED_BY_HAND, occasion=f"by-hand-{unit.cause.id}"
    )
    _propose(config, pair, survivor_id, actor.id, task, unit)
    return task.task_id


def needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The pair, and all that hangs on both."""
    yield DUPLICATES.one(task.ref)
    pair = unit.peek(DUPLICATES, task.ref)
    for client_id in pair.client_ids if pair is not None else ():
        yield CLIENTS.one(client_id)
        yield MATTERS.by("client", client_id)
        yield CONSENTS.by("client", client_id)
        yield RESTRICTIONS.by("subject", f"client:{client_id}")


def show(config: FirmConfig, task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
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
        "not_asked": _not_asked(config, pair, actor),
        "alone": _alone(config, pair, actor),
        "reason": pair.reason if pair.state == "different" else None,
        "why": pair.reason if pair.alone else None,
    }


def _not_asked(config: FirmConfig, pair: Duplicate, actor: Actor) -> list[str]:
    if pair.state == "offered":
        return ["why"]
    alone = config.sole_practice is not None and pair.proposed_by == actor.id
    return ["survivor_id", "seen"] if alone else ["survivor_id", "seen", "why"]


def alone_from(config: FirmConfig, proposed_at: datetime) -> str | None:
    """From when on whoever said so may confirm it alone; None where a second person does."""
    sole = config.sole_practice
    return (proposed_at + sole.cooling_off).isoformat() if sole is not None else None


def _alone(config: FirmConfig, pair: Duplicate, actor: Actor) -> str | None:
    if pair.proposed_at is None or pair.proposed_by != actor.id:
        return None
    return alone_from(config, pair.proposed_at)


def hear_merge(config: FirmConfig, event: Event[ClientMerged], unit: UnitOfWork) -> None:
    """Whoever said it: nobody is asked about the two any more; of whoever else may be the one that
    went, it is asked anew about who stays.
    """
    said, pair_id = event.data, _pair_id(event)
    for pair in unit.find(DUPLICATES, "client", said.merged_id):
        open_tasks = [t for t in unit.find(TASKS, "ref", pair.pair_id) if t.state == "open"]
        for task in open_tasks:
            cancel_task(unit, task, MERGED_ELSEWHERE)
        if pair.pair_id == pair_id:
            unit.put(DUPLICATES, merged_elsewhere(pair, said.survivor_id, said.by))
        elif open_tasks:
            other = pair.second_id if pair.first_id == said.merged_id else pair.first_id
            anew = pair_of(said.survivor_id, other, pair.check_id)
            if unit.add(DUPLICATES, anew):
                _ask(config, anew, other, unit)


def needs_of_merge(event: Event[ClientMerged], unit: ReadSoFar) -> Iterable[Need]:
    """Every pair with whoever goes, and the tasks about them."""
    yield DUPLICATES.by("client", event.data.merged_id)
    for pair in unit.peek_all(DUPLICATES, "client", event.data.merged_id):
        yield TASKS.by("ref", pair.pair_id)


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
