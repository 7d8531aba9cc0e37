"""When is the firm's time for a client's working records over, and who is left alone?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.due import matters_due
from services.intake.listeners import listeners
from services.intake.ports import MATTERS
from shared.contracts.firm import MatterReopened
from shared.contracts.records import ClientMerged, RecordsEnded
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.people import PEOPLE, Person
from shared.profiles.choosing import profile_named
from tests.fakes.memory import START, MemoryService
from tests.intake.office import CONFIG, closed, onboarded, opened

DAY = timedelta(days=1)
HOLDS: list[dict[str, Any]] = [
    {"scope": "client", "client_id": "c-1"},
    {"scope": "matter", "matter_id": "m-1"},
    {"scope": "firm"},
]


def office(profile: str = "general", without: str = "") -> MemoryService:
    """A client whose one matter was closed."""
    rules = {k: rule for k, rule in profile_named(profile).retention.items() if k != without}
    config = replace(CONFIG, retention=rules)
    made = MemoryService("intake", listeners=listeners(config), due=[matters_due(config)])
    made.due_by_mapping["matters"] = lambda matter: matter.records_look_at
    for each in (onboarded(), opened(), closed()):
        made.now += timedelta(minutes=1)
        made.hear(each)
    return made


def at(**years: int) -> datetime:
    return START.replace(year=START.year + years["years"])


def ended(made: MemoryService) -> list[RecordsEnded]:
    return made.announced_of(RecordsEnded)


def test_nothing_is_said_before_the_years_are_over() -> None:
    made = office()
    made.work_due(at(years=6) - DAY)
    assert ended(made) == []


def test_on_that_day_it_is_said_and_what_is_younger_than_the_years_stays() -> None:
    made = office()
    made.work_due(at(years=6) + DAY)
    (said,) = ended(made)
    assert (said.client_id, said.merged_ids) == ("c-1", ())
    assert START <= said.until <= START + DAY


def test_a_year_later_it_is_said_of_what_came_after_the_closing() -> None:
    made = office()
    made.work_due(at(years=7) + DAY)
    first, second = ended(made)
    assert second.until - first.until in (365 * DAY, 366 * DAY)


def test_where_the_law_counts_whole_years_it_is_said_when_the_next_one_begins() -> None:
    made = office("germany")
    made.work_due(at(years=8))
    said = ended(made)[0]
    zone = CONFIG.times.calendar.zone
    assert said.at.astimezone(zone).replace(microsecond=0) == datetime(
        START.year + 7, 1, 1, tzinfo=zone
    )
    assert said.until.astimezone(zone) == datetime(START.year + 1, 1, 1, tzinfo=zone)


def test_a_profile_that_names_no_class_clears_nothing() -> None:
    made = office(without="working-records")
    made.work_due(at(years=30))
    assert ended(made) == []


def test_whom_the_firm_still_acts_for_keeps_their_records() -> None:
    made = office()
    made.now += DAY
    made.hear(opened("m-2"))
    made.work_due(at(years=20))
    assert ended(made) == []


def test_the_years_are_counted_from_the_last_matter() -> None:
    made = office()
    made.now += DAY
    made.hear(opened("m-2"))
    made.now = at(years=3)
    made.hear(closed("m-2").model_copy(update={"closed_at": made.now}))
    made.work_due(at(years=9) - DAY)
    assert ended(made) == []
    made.work_due(at(years=9) + DAY)
    assert len(ended(made)) == 1  # once, for both matters


def test_a_matter_that_is_taken_up_again_ends_it() -> None:
    made = office()
    made.work_due(at(years=5))
    made.hear(MatterReopened(matter_id="m-1", client_id="c-1"))
    made.work_due(at(years=20))
    assert ended(made) == []
    assert made.get(MATTERS, "m-1").state == "open"  # type: ignore[union-attr]


@pytest.mark.parametrize("about", HOLDS, ids=lambda about: about["scope"])
def test_whom_a_hold_protects_is_left_alone_until_it_is_lifted(about: dict[str, Any]) -> None:
    made = office()
    made.hear(RestrictionPlaced.model_validate(
        {"restriction_id": "h-1", "kind": "legal-hold", "effect": "keep", "at": made.now, **about}
    ))  # fmt: skip
    made.work_due(at(years=10))
    assert ended(made) == []
    lifted = {name: each for name, each in about.items() if name != "scope"}
    made.hear(RestrictionLifted(restriction_id="h-1", at=made.now, **lifted))
    made.work_due(made.now + 31 * DAY)
    assert len(ended(made)) == 1


def test_of_two_clients_who_are_one_the_survivor_is_named_with_both_ids() -> None:
    made = office()
    made.hear(onboarded("c-2", "Anna Schmidt"))
    made.hear(ClientMerged(survivor_id="c-2", merged_id="c-1", at=made.now))
    made.work_due(at(years=6) + DAY)
    (said,) = ended(made)
    assert (said.client_id, said.merged_ids) == ("c-2", ("c-1",))


def test_of_an_erased_client_nothing_is_said() -> None:
    made = office()
    made.ask(
        lambda unit: unit.put(PEOPLE, Person(client_id="c-1", erased=True, at=made.now)),
        lambda _: [PEOPLE.one("c-1")],
    )
    made.work_due(at(years=20).astimezone(UTC))
    assert ended(made) == []
