"""A message came back: does the firm know, and is the address given up only where it is wrong?"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.contact import State
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.ports import CONTACTS, SUPPRESSIONS
from shared.channels import Outcome, Result
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import ConflictCleared
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import ContactFailed
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, scheduled

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")


def welcomed() -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), OPENED, CLEARED)
    reminders.after(minutes=1)
    return reminders


def bounced(reminders: Reminders, kind: Any = "hard", status: str | None = "5.1.1") -> None:
    contact_id = reminders.contact("welcome").contact_id
    reminders.tell(
        ContactBounced(contact_id=contact_id, kind=kind, status=status, at=reminders.now)
    )


def test_a_message_that_came_back_was_not_sent_and_a_person_calls() -> None:
    reminders = welcomed()
    bounced(reminders)
    assert reminders.contact("welcome").state is State.REFUSED
    (failed,) = reminders.announced_of(ContactFailed)
    assert failed.reason == "bounced-5.1.1"
    assert "came back" in failed.why.text
    assert len(reminders.tasks("call-client")) == 1


@pytest.mark.parametrize(
    ("kind", "status", "given_up"),
    [
        ("hard", "5.1.1", True),
        ("hard", None, True),
        ("hard", "5.7.1", False),
        ("hard", "5.2.2", False),
        ("soft", "5.2.2", False),
        ("soft", None, False),
    ],
)
def test_an_address_is_given_up_only_where_it_is_wrong(
    kind: str, status: str | None, given_up: bool
) -> None:
    reminders = welcomed()
    bounced(reminders, kind, status)
    assert bool(reminders.all(SUPPRESSIONS)) is given_up
    reminders.tell(scheduled(MONDAY + timedelta(days=20)))
    assert bool(reminders.after(hours=1)) is not given_up


def test_what_came_back_twice_is_said_once() -> None:
    reminders = welcomed()
    bounced(reminders)
    bounced(reminders)
    assert len(reminders.announced_of(ContactFailed)) == 1
    assert len(reminders.tasks("call-client")) == 1


def test_what_nobody_sent_changes_nothing() -> None:
    reminders = Reminders()
    reminders.tell(ContactBounced(contact_id="m-unknown", kind="hard", at=MONDAY))
    assert (reminders.announced, reminders.all(CONTACTS)) == ([], [])


def test_nobody_is_asked_any_more_what_became_of_a_message_that_came_back() -> None:
    reminders = Reminders()
    reminders.outcome = lambda _: Outcome(Result.UNKNOWN, "no-answer")
    reminders.tell(client(), OPENED, CLEARED)
    reminders.after(days=1)
    asked = [task for task in reminders.tasks("unknown-message") if task.state == "open"]
    bounced(reminders)
    assert asked
    assert not [task for task in reminders.tasks("unknown-message") if task.state == "open"]


def test_the_firm_stating_the_address_anew_makes_it_work_again() -> None:
    reminders = welcomed()
    bounced(reminders)
    reminders.now += timedelta(hours=1)
    reminders.tell(ClientUpdated(client_id="c-1", email="Ada@Muster.example"))
    assert reminders.all(SUPPRESSIONS) == []


@pytest.mark.parametrize("changes", [{"email": "other@muster.example"}, {"name": "Ada M."}])
def test_stating_something_else_does_not(changes: dict[str, str]) -> None:
    reminders = welcomed()
    bounced(reminders)
    reminders.now += timedelta(hours=1)
    reminders.tell(ClientUpdated(client_id="c-1", **changes))
    assert len(reminders.all(SUPPRESSIONS)) == 1


def test_what_was_stated_before_the_bounce_does_not() -> None:
    reminders = welcomed()
    bounced(reminders)
    reminders.hear(
        ClientUpdated(client_id="c-1", email="ada@muster.example"),
        time=reminders.now - timedelta(hours=1),
    )
    assert len(reminders.all(SUPPRESSIONS)) == 1


PATHS = ReturnPaths("bounces.firm.example", b"k" * 32)
CONTACT = "m" + "abcde" * 5


def test_a_return_path_names_its_message_and_fits_a_mail_server() -> None:
    address = PATHS.address(CONTACT, 1)
    assert PATHS.contact_of(address.upper()) == CONTACT
    assert len(address.partition("@")[0]) <= 64


@given(st.text(max_size=80))
def test_nobody_can_make_up_a_return_path(local: str) -> None:
    assert PATHS.contact_of(f"{local}@bounces.firm.example") is None


def test_one_of_another_firm_or_purpose_is_none_of_ours() -> None:
    theirs = ReturnPaths("bounces.firm.example", b"x" * 32).address(CONTACT, 0)
    elsewhere = ReturnPaths("bounces.other.example", b"k" * 32).address(CONTACT, 0)
    assert PATHS.contact_of(theirs) is None
    assert PATHS.contact_of(elsewhere) is None
