"""Other systems tell of matters (whose, and whether they go on) and clients: what follows?

The newest telling holds, in whatever order they arrive. A concern that is open follows its
matter: a new owner is barred from it at once.
"""

from collections.abc import Iterable

from services.feedback.domain.concern import Concern
from services.feedback.domain.matter import (
    Client,
    Matter,
    Responsible,
    responsible_for,
    with_closing,
    with_facts,
    with_owner,
    with_reopening,
)
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS
from shared.contracts.envelope import Event
from shared.contracts.feedback_task_kinds import CONFIRM, REMEDY
from shared.contracts.firm import (
    ClientOnboarded,
    ClientUpdated,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.intake import ClientPreferencesUpdated
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, Why, is_asked_of, update_task

KEPT_FACTS = ("locale", "timezone", "matter_id", "owner_id")


def needs_of_matter_opened(
    event: Event[MatterOpened] | Event[HandoverCompleted], unit: ReadSoFar
) -> Iterable[Need]:
    """The matter, and what is open for its client."""
    yield MATTERS.one(event.data.matter_id)
    yield from _needs_of_client(event.data.client_id, unit)


def needs_of_client_event(
    event: Event[ClientOnboarded] | Event[ClientUpdated], unit: ReadSoFar
) -> Iterable[Need]:
    """The client, and what is open for them."""
    yield from _needs_of_client(event.data.client_id, unit)


def matter_opened(event: Event[MatterOpened], unit: UnitOfWork) -> None:
    """Keep who answers for the matter."""
    told = event.data
    unit.put(MATTERS, with_owner(_matter(told.matter_id, unit), told.owner_id, event.stamp))
    _follow_owner(told.client_id, unit)


def handed_over(event: Event[HandoverCompleted], unit: UnitOfWork) -> None:
    """Keep who answers for the matter from now on."""
    told = event.data
    unit.put(MATTERS, with_owner(_matter(told.matter_id, unit), told.to, event.stamp))
    _follow_owner(told.client_id, unit)


def needs_of_matter(
    event: Event[MatterClosed] | Event[MatterReopened], _: ReadSoFar
) -> Iterable[Need]:
    """The matter."""
    yield MATTERS.one(event.data.matter_id)


def matter_closed(event: Event[MatterClosed], unit: UnitOfWork) -> None:
    """Keep that the matter is closed."""
    unit.put(MATTERS, with_closing(_matter(event.data.matter_id, unit), event.stamp))


def matter_reopened(event: Event[MatterReopened], unit: UnitOfWork) -> None:
    """Keep that the matter goes on: from here on, each of its stages is asked about anew."""
    unit.put(MATTERS, with_reopening(_matter(event.data.matter_id, unit), event.stamp))


def client_onboarded(event: Event[ClientOnboarded], unit: UnitOfWork) -> None:
    """Keep the client's language and clock, and whose matter theirs is."""
    told = {name: getattr(event.data, name) for name in KEPT_FACTS}
    known = {name: value for name, value in told.items() if value is not None}
    _keep(event.data.client_id, known, event.stamp, unit)


def client_updated(event: Event[ClientUpdated], unit: UnitOfWork) -> None:
    """Keep what changed of that; null removes."""
    changed = event.data.changed()
    told = {name: changed[name] for name in KEPT_FACTS if name in changed}
    if told:
        _keep(event.data.client_id, told, event.stamp, unit)


def needs_of_preferences(event: Event[ClientPreferencesUpdated], _: ReadSoFar) -> Iterable[Need]:
    """The client."""
    yield CLIENTS.one(event.data.client_id)


def preferences_updated(event: Event[ClientPreferencesUpdated], unit: UnitOfWork) -> None:
    """Keep the language the client chose: the survey's page speaks it as its message did."""
    client = unit.get(CLIENTS, event.data.client_id) or Client(client_id=event.data.client_id)
    if event.data.locale is not None:
        told: dict[str, str | None] = {"chosen_locale": event.data.locale}
        unit.put(CLIENTS, with_facts(client, told, event.stamp))


def responsible(concern: Concern, unit: UnitOfWork) -> Responsible:
    """Who may lead this concern, by what is known now."""
    matter, client = told_of(concern.matter_id, concern.client_id, unit)
    return responsible_for(
        matter, client, sole_practice=concern.sole_practice, parties=concern.parties
    )


def told_of(
    matter_id: str | None, client_id: str | None, unit: UnitOfWork
) -> tuple[Matter, Client]:
    """What is known of a matter and its client; nothing yet, if nothing was told."""
    client = unit.get(CLIENTS, client_id) if client_id else None
    matter = _matter(matter_id, unit) if matter_id else Matter(matter_id="")
    return matter, client or Client(client_id=client_id or "")


def follow_concern(concern: Concern, text: str, unit: UnitOfWork) -> None:
    """Bar from its open tasks who may not lead it by what is known now."""
    for task in unit.find(TASKS, "ref", concern.concern_id):
        if task.state == "open" and task.kind != CONFIRM.kind:
            _restrict(task, concern, text, unit)


def who_decides(kind: str, concern: Concern, unit: UnitOfWork) -> Responsible:
    """Who may decide such a task of this concern.

    A remedy is agreed to by a partner who did not propose it; in a sole practice by its one lawyer.
    """
    who = responsible(concern, unit)
    if kind != REMEDY.kind or concern.remedy is None or concern.sole_practice:
        return who
    barred = tuple(dict.fromkeys((*who.barred, concern.remedy.proposed_by)))
    return Responsible(role="partner", roles=("partner",), barred=barred)


def _matter(matter_id: str, unit: UnitOfWork) -> Matter:
    return unit.get(MATTERS, matter_id) or Matter(matter_id=matter_id)


def _needs_of_client(client_id: str, unit: ReadSoFar) -> Iterable[Need]:
    yield CLIENTS.one(client_id)
    yield CONCERNS.by("client", client_id)
    for concern in unit.peek_all(CONCERNS, "client", client_id):
        if concern.matter_id is not None:
            yield MATTERS.one(concern.matter_id)
        yield TASKS.by("ref", concern.concern_id)


def _keep(client_id: str, told: dict[str, str | None], stamp: str, unit: UnitOfWork) -> None:
    client = unit.get(CLIENTS, client_id) or Client(client_id=client_id)
    unit.put(CLIENTS, with_facts(client, told, stamp))
    _follow_owner(client_id, unit)


def _follow_owner(client_id: str, unit: UnitOfWork) -> None:
    for concern in unit.find(CONCERNS, "client", client_id):
        follow_concern(concern, "The matter has another owner now.", unit)


def _restrict(task: Task, concern: Concern, text: str, unit: UnitOfWork) -> None:
    who = who_decides(task.kind, concern, unit)
    if is_asked_of(unit, task, who.roles) and task.barred == who.barred:
        return
    why = Why(event_id=unit.cause.id, text=text)
    update_task(unit, task, why=why, role=who.role, roles=who.roles, barred=who.barred)
