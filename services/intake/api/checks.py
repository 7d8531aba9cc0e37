"""What is the desk told of conflict checks: the register, a record, a search, a reopening, a merge?

``checks.intake`` is asked by the desk alone, in the name of a person it vouches for. Who may decide
conflict checks may ask; of a check one is kept from, one sees neither row nor record.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from services.intake.api.walls import needs_of_walls, walls_around
from services.intake.domain.checks import Check, ids_of
from services.intake.domain.clearance import clearance_of
from services.intake.domain.clients import ref_of
from services.intake.domain.gaps import UNAPPLIED, gaps_in_words
from services.intake.domain.screening import NIGHTLY, Screening
from services.intake.ports import CHECKS, SCREENINGS, CheckRegister, FirmConfig
from services.intake.workflow.concluding import KIND
from services.intake.workflow.merging import alone_from, needs_of_proposing, propose_by_hand
from services.intake.workflow.reopening import check_may_see, needs_of_reopening, reopen
from services.intake.workflow.searching_by_hand import (
    names_to_search,
    needs_of_search_by_hand,
    purpose_of,
    search_by_hand,
    search_id,
)
from services.intake.workflow.showing import names_in, needs_of_showing, recorded
from shared.contracts.checks import (
    MOST_ROWS,
    CheckRow,
    ChecksAsked,
    ChecksListed,
    CheckTold,
    ClearanceTold,
    MergeTold,
    NightTold,
)
from shared.contracts.envelope import Cause
from shared.contracts.fields import parse_instant
from shared.contracts.firm_roles import roles_of
from shared.contracts.intake_task_kinds import CONFLICT_CHECK
from shared.contracts.records_task_kinds import MERGE_CLIENTS
from shared.contracts.requests import Answer, RequestType
from shared.contracts.task_kind import STAFF
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, check_unscreened, is_screened

SOURCE = "urn:clientele:desk"
WITH_CLIENTS = (*STAFF, "conflicts-officer")  # whoever works with clients may know whether to act
Ask = Callable[[Runtime, "ChecksRequest"], Awaitable[Answer]]
Registers = Callable[[Runtime], CheckRegister]


class ChecksRequest(ChecksAsked):
    """The question, and who asks it."""

    actor: Actor


CHECKS_REQUEST = RequestType(
    "checks",
    "The register of conflict checks, a search by hand, and reopening.",
    ChecksRequest,
    (ChecksListed, CheckTold, ClearanceTold, MergeTold),
)


def answer_checks(config: FirmConfig, registers: Registers) -> Ask:
    """Answers each of the questions; RuleError for what is refused."""
    deciding = roles_of(CONFLICT_CHECK.kind, config.firm_roles)
    asks: dict[str, Ask] = {
        "register": partial(_register, registers),
        "record": partial(_record, config),
        "search": partial(_search, config, registers),
        "reopen": partial(_reopen, config),
        "clearance": _clearance,
        "merge": partial(_merge, config),
    }
    others = {"clearance": WITH_CLIENTS, "merge": roles_of(MERGE_CLIENTS.kind, config.firm_roles)}

    async def answer(runtime: Runtime, asked: ChecksRequest) -> Answer:
        allowed = others.get(asked.ask, deciding)
        if not set(asked.actor.roles) & set(allowed):
            raise RuleError(f"This is seen by: {', '.join(allowed)}.", code="wrong-role")
        return await asks[asked.ask](runtime, asked)

    return answer


async def _register(registers: Registers, runtime: Runtime, asked: ChecksRequest) -> ChecksListed:
    limit = min(max(asked.limit or 50, 1), MOST_ROWS)
    place, register = _place(asked.after), registers(runtime)
    gaps = (UNAPPLIED,) if await register.has_unapplied() else ()
    checks = await register.page(asked.show or "all", place, limit + 1)
    shown = checks[:limit]

    def needs(_: ReadSoFar) -> Iterable[Need]:
        yield SCREENINGS.one(NIGHTLY)
        for each in shown:
            yield TASKS.by("ref", each.check_id)

    unit = await runtime.look(needs)
    rows = [_row(each) for each in shown if _may_see(each, asked.actor, unit)]
    more = f"{shown[-1].made_at.isoformat()} {shown[-1].check_id}" if len(checks) > limit else None
    last = unit.get(SCREENINGS, NIGHTLY)
    night = _night(last) if last is not None and last.screened else None
    return ChecksListed(rows=rows, next=more, night=night, incomplete=gaps_in_words(gaps))


async def _record(config: FirmConfig, runtime: Runtime, asked: ChecksRequest) -> CheckTold:
    check_id = asked.check_id or ""
    return await _told(config, runtime, check_id, asked.actor)


async def _search(
    config: FirmConfig, registers: Registers, runtime: Runtime, asked: ChecksRequest
) -> CheckTold:
    searched, purpose = names_to_search(asked), purpose_of(asked)
    check_id = search_id(f"{asked.actor.id} {_request_id(asked)}")
    gaps = (UNAPPLIED,) if await registers(runtime).has_unapplied() else ()
    needs = partial(needs_of_search_by_hand, check_id, searched)
    step = partial(search_by_hand, check_id, searched, purpose, asked.actor.id, gaps)
    await runtime.act(step, needs, cause=_cause(asked, runtime))
    return await _told(config, runtime, check_id, asked.actor)


async def _reopen(config: FirmConfig, runtime: Runtime, asked: ChecksRequest) -> CheckTold:
    check_id, request_id = asked.check_id or "", _request_id(asked)
    step = partial(reopen, config, check_id, asked.actor, asked.why or "", request_id)
    await runtime.act(step, partial(needs_of_reopening, check_id), cause=_cause(asked, runtime))
    return await _told(config, runtime, check_id, asked.actor)


async def _merge(config: FirmConfig, runtime: Runtime, asked: ChecksRequest) -> MergeTold:
    ids = asked.client_id or "", asked.other_id or ""
    step = partial(propose_by_hand, config, *ids, asked.actor)
    task_id = await runtime.act(
        step, partial(needs_of_proposing, *ids), cause=_cause(asked, runtime)
    )
    return MergeTold(task_id=task_id, alone=alone_from(config, runtime.clock.now()))


async def _clearance(runtime: Runtime, asked: ChecksRequest) -> ClearanceTold:
    """Nothing of what was found: only how the client's own checks stand."""
    client_id = asked.client_id or ""
    check_unscreened({"client_id": client_id}, asked.actor)
    ref = ref_of(client_id)

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield CHECKS.by("subject", ref)
        yield from needs_of_walls(client_id, unit)

    unit = await runtime.look(needs)
    made, walls = unit.find(CHECKS, "subject", ref), walls_around(client_id, unit, asked.actor)
    newest = max(made, key=lambda each: each.made_at, default=None)
    return ClearanceTold(
        client_id=client_id,
        state=clearance_of(made, walled=bool(walls)),
        checked_at=newest.made_at.isoformat() if newest is not None else None,
        known_entries=newest.known_entries if newest is not None else None,
        walls=walls,
    )


async def _told(config: FirmConfig, runtime: Runtime, check_id: str, actor: Actor) -> CheckTold:
    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield TASKS.by("ref", check_id)
        yield from needs_of_showing(check_id, unit)

    unit = await runtime.look(needs)
    made = unit.get(CHECKS, check_id)
    if made is None:
        raise RuleError("There is no such conflict check.", code="unknown-check", field="check_id")
    check_may_see(made, actor, unit)
    open_task = next(
        (t for t in unit.find(TASKS, "ref", check_id) if t.kind == KIND and t.state == "open"), None
    )
    decided = made.trigger != "search" and made.state != "pending"
    second = made.decided_by != actor.id or config.sole_practice is not None
    return CheckTold(
        check=recorded(made, unit, actor.screened),
        task_id=open_task.task_id if open_task is not None else None,
        may_reopen=decided and second,
    )


def _may_see(made: Check, actor: Actor, unit: UnitOfWork) -> bool:
    kept_from = any(actor.id in task.barred for task in unit.find(TASKS, "ref", made.check_id))
    return not kept_from and not is_screened(ids_of(made), actor)


def _night(last: Screening) -> NightTold:
    return NightTold(
        night=last.night,
        done=last.done,
        screened=last.screened,
        reopened=last.reopened,
        incomplete=last.incomplete,
    )


def _row(made: Check) -> CheckRow:
    return CheckRow(
        check_id=made.check_id,
        made_at=made.made_at.isoformat(),
        trigger=made.trigger,
        state=made.state,
        name=names_in(made),
        hits=len(made.hits) + (len(made.same_side) if made.trigger == "search" else 0),
        reopened=made.reopened,
        incomplete=gaps_in_words(made.incomplete),
        client_id=made.client_id,
        matter_id=made.matter_id,
        inquiry_id=made.inquiry_id,
        decided_by=made.decided_by,
        decided_at=made.decided_at.isoformat() if made.decided_at is not None else None,
        asked_by=made.asked_by,
    )


def _place(after: str | None) -> tuple[datetime, str] | None:
    """Where a page begins, as the page before it told."""
    if not after:
        return None
    instant, _, check_id = after.partition(" ")
    try:
        return parse_instant(instant), check_id
    except ValueError:
        raise RuleError("This is no place in the register.", field="after") from None


def _request_id(asked: ChecksRequest) -> str:
    if not asked.request_id:
        raise RuleError("Say under which id this is asked.", code="missing", field="request_id")
    return asked.request_id


def _cause(asked: ChecksRequest, runtime: Runtime) -> Cause:
    id = _request_id(asked)
    return Cause(SOURCE, id, "request", id, None, runtime.clock.now())
