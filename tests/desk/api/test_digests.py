"""Is reminders told when each person gets their digest, and told once?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from services.desk.api.digests import AgendaAsked, agendas
from services.desk.domain.accounts import Account, address_in
from services.desk.pages.rule_words import kind_label_in
from services.desk.ports.answers import Refused
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.workflow.digesting import choose, digest_needs, tell_all
from services.desk.workflow.staffing import Joining, disable, disable_needs, join, join_needs
from shared.contracts.desk import StaffDigestSet
from shared.contracts.envelope import Cause
from shared.contracts.firm import ClientOnboarded
from shared.contracts.reports import FigureTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.state.unit_of_work import UnitOfWork
from tests.desk.facts import LEO, NOON, created
from tests.desk.memory import LONDON, MemoryDesk, MemoryRuntime, MemoryTaskList
from tests.desk.scripted_reports import ScriptedReports

ZONE = "Europe/London"
IN_GERMAN = "Die Mandantschaft anrufen"
ADDRESS = "leo@firm.example"


def act(desk: MemoryDesk, step: Callable[[UnitOfWork], Any], needs: Any, id: str = "a") -> None:
    cause = Cause("urn:clientele:desk", id, "request", id, None, desk.office.now)
    desk.office.act(step, needs, cause)


def told(desk: MemoryDesk) -> list[tuple[str, str | None]]:
    return [(each.staff_id, each.at) for each in desk.office.announced_of(StaffDigestSet)]


def start(desk: MemoryDesk, *staff_ids: str) -> None:
    act(desk, tell_all(staff_ids, ZONE), digest_needs(*staff_ids))


def with_address(desk: MemoryDesk, address: str | None = ADDRESS, staff_id: str = "leo") -> None:
    account = Account(staff_id=staff_id, email=address)
    needs = [ACCOUNTS.one(staff_id)]
    act(desk, lambda unit: unit.put(ACCOUNTS, account), lambda _: needs, f"address-{staff_id}")


async def ask(
    desk: MemoryDesk,
    staff_id: str = "leo",
    since: str = "2026-03-01T07:30:00Z",
    reports: ScriptedReports | None = None,
) -> Any:
    runtime, counted = cast("Runtime", MemoryRuntime(desk.office)), reports or ScriptedReports()
    answer = agendas(
        lambda _: MemoryTaskList(desk.office),
        lambda _: counted,
        lambda _: "https://desk.test",
        LONDON,
        lambda kind, language: kind_label_in(language or "en", kind),
    )
    told = await answer(runtime, AgendaAsked(staff_id=staff_id, new_since=since))
    return told.model_dump(exclude_unset=True)


def test_at_the_first_start_everybody_with_an_address_is_told_of(desk: MemoryDesk) -> None:
    with_address(desk)
    start(desk, "leo", "ash")
    assert told(desk) == [("leo", "07:30")]


def test_at_every_start_whoever_gets_one_is_told_of_again(desk: MemoryDesk) -> None:
    with_address(desk)  # an older reminders may not have heard it
    start(desk, "leo", "ash")
    start(desk, "leo", "ash")
    assert told(desk) == [("leo", "07:30"), ("leo", "07:30")]


def test_a_log_in_name_is_an_address_only_where_it_is_kept_as_it_was_typed() -> None:
    assert address_in("Leo@firm.example") == "Leo@firm.example"
    assert address_in("strauß@firm.example") is None  # kept as strauss: somebody else's, perhaps
    assert address_in("leo") is None


def test_a_firm_that_moved_says_so_at_the_next_start(desk: MemoryDesk) -> None:
    with_address(desk)
    start(desk, "leo")
    act(desk, tell_all(["leo"], "America/New_York"), digest_needs("leo"))
    assert len(told(desk)) == 2


def test_a_choice_is_told_with_the_change(desk: MemoryDesk) -> None:
    with_address(desk)
    act(desk, choose("leo", ZONE, on=True, at="06:45", language="de"), digest_needs("leo"))
    act(desk, choose("leo", ZONE, on=False), digest_needs("leo"), "b")
    act(desk, choose("leo", ZONE, on=True), digest_needs("leo"), "c")
    assert told(desk) == [("leo", "06:45"), ("leo", None), ("leo", "06:45")]


def test_who_saves_the_same_again_is_told_of_again(desk: MemoryDesk) -> None:
    with_address(desk)
    for id in "ab":
        act(desk, choose("leo", ZONE, on=True, at="06:45"), digest_needs("leo"), id)
    assert told(desk) == [("leo", "06:45"), ("leo", "06:45")]


def test_who_joins_with_an_address_gets_one_and_who_leaves_gets_none(desk: MemoryDesk) -> None:
    joining = Joining(staff_id="eva", roles=("lawyer",), user="eva", email="eva@firm.example")
    act(desk, join(joining, NOON, ZONE), join_needs(joining))
    act(desk, disable("eva", [], ZONE), disable_needs("eva", []), "b")
    assert told(desk) == [("eva", "07:30"), ("eva", None)]
    account = desk.office.get(ACCOUNTS, "eva")
    assert account is not None
    assert account.email is None


def test_who_is_added_again_without_an_address_keeps_it(desk: MemoryDesk) -> None:
    for id, email in (("a", "eva@firm.example"), ("b", None)):
        joining = Joining(staff_id="eva", roles=("lawyer",), user="eva", email=email)
        act(desk, join(joining, NOON, ZONE), join_needs(joining), id)
    account = desk.office.get(ACCOUNTS, "eva")
    assert account is not None
    assert account.email == "eva@firm.example"


async def test_reminders_hears_counts_by_kind_and_where_it_goes(desk: MemoryDesk) -> None:
    with_address(desk)
    today = NOON + timedelta(hours=2)
    desk.office.hear(created("t-1", owner_id="leo", due_at=today))
    nothing = {"kinds": {}, "unowned": 0}
    assert await ask(desk) == {
        "address": ADDRESS,
        "language": None,
        "overdue": nothing,
        "today": {"kinds": {"Call the client": 1}, "unowned": 0},
        "new": nothing,
        "escalated": {"kinds": {}, "unowned": 0},
        "inbox": "https://desk.test/inbox",
        "settings": "https://desk.test/settings#digest",
        "month": None,
    }


async def test_an_answer_names_no_client_no_matter_and_no_title(desk: MemoryDesk) -> None:
    with_address(desk)
    desk.office.hear(
        ClientOnboarded(client_id="c-1", name="Anna Müller", email="a@example.com",
                        timezone=ZONE, locale="en")
    )  # fmt: skip
    desk.office.hear(created("t-1", title="Call Anna about a-1"))
    answer = await ask(desk)
    assert answer["new"] == {"kinds": {"Call the client": 1}, "unowned": 1}
    for secret in ("Anna", "c-1", "m-1", "a-1", "t-1"):
        assert secret not in str(answer)


async def test_what_somebody_else_has_or_may_not_be_mine_is_not_counted(desk: MemoryDesk) -> None:
    with_address(desk)
    desk.office.hear(created("t-1", owner_id="lena"))
    desk.office.hear(created("t-2", barred=("leo",)))
    assert await ask(desk) == {"nothing": "nothing-to-do"}


@pytest.mark.parametrize("staff_id", ["leo", "nobody"])
async def test_without_an_address_there_is_nothing_to_send(desk: MemoryDesk, staff_id: str) -> None:
    assert await ask(desk, staff_id) == {"nothing": "no-address"}


async def test_whoever_turned_it_off_a_moment_ago_gets_none(desk: MemoryDesk) -> None:
    with_address(desk)
    act(desk, choose("leo", ZONE, on=False), digest_needs("leo"))
    assert await ask(desk) == {"nothing": "off"}


async def test_a_question_without_an_instant_is_refused(desk: MemoryDesk) -> None:
    with pytest.raises(RuleError):
        await ask(desk, LEO.staff_id, "yesterday")


def counted(value: float | None = 42.0) -> ScriptedReports:
    nps = FigureTold(name="nps", group="all", unit="score", value=value, n=12, before=40.0,
                     labels=["nps|9"])  # fmt: skip
    reports = ScriptedReports()
    told = {"report": "satisfaction", "figures": [nps], "since": "2026-02", "until": "2026-02"}
    reports.told = reports.told.model_copy(update=told)
    return reports


LAST_MONTH = "2026-02-27T07:30:00Z"
BEHIND = "https://desk.test/reports/satisfaction/rows?until=2026-02&months=1&figure=nps%7Call"


async def test_a_partners_first_digest_of_a_month_tells_what_the_one_before_came_to(
    desk: MemoryDesk,
) -> None:
    with_address(desk, staff_id="pat")
    reports = counted()
    told = await ask(desk, "pat", LAST_MONTH, reports)
    assert told["month"] == {
        "month": "2026-02",
        "figures": [
            {"name": "nps", "unit": "score", "value": 42.0, "before": 40.0, "place": BEHIND}
        ],
        "at_risk": 0,
        "reports": "https://desk.test/reports?until=2026-02&months=1",
        "risks": "https://desk.test/reports/risks",
    }
    assert reports.by == ["pat"]


async def test_later_digests_of_the_month_and_those_of_others_tell_nothing_of_it(
    desk: MemoryDesk,
) -> None:
    reports = counted()
    with_address(desk, staff_id="pat")
    with_address(desk)
    assert await ask(desk, "pat", reports=reports) == {"nothing": "nothing-to-do"}
    assert await ask(desk, "leo", LAST_MONTH, reports) == {"nothing": "nothing-to-do"}
    assert reports.asked == []


async def test_a_month_without_a_figure_is_no_reason_to_write(desk: MemoryDesk) -> None:
    with_address(desk, staff_id="pat")
    told = await ask(desk, "pat", LAST_MONTH, counted(None))
    assert told == {"nothing": "nothing-to-do"}


async def test_while_feedback_is_away_reminders_is_to_ask_again(desk: MemoryDesk) -> None:
    with_address(desk, staff_id="pat")
    reports = counted()
    reports.away = True
    with pytest.raises(TemporaryError):
        await ask(desk, "pat", LAST_MONTH, reports)


async def test_a_refusal_leaves_the_month_out_and_the_tasks_in(desk: MemoryDesk) -> None:
    with_address(desk, staff_id="pat")
    desk.office.hear(created("t-1", owner_id="pat", due_at=NOON + timedelta(hours=1)))
    reports = counted()
    reports.refused = Refused("wrong-role", "Reports are for partners.")
    told = await ask(desk, "pat", LAST_MONTH, reports)
    assert told["month"] is None
    assert told["today"]["kinds"] == {"Call the client": 1}


async def test_kinds_are_said_in_the_language_of_whoever_reads_them(desk: MemoryDesk) -> None:
    with_address(desk)
    act(desk, choose("leo", ZONE, on=True, language="de"), digest_needs("leo"))
    desk.office.hear(created("t-1", owner_id="leo", due_at=NOON + timedelta(hours=2)))
    told = await ask(desk)
    assert (told["language"], list(told["today"]["kinds"])) == ("de", [IN_GERMAN])
    assert IN_GERMAN != "Call the client"
