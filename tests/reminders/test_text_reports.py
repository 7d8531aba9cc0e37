"""Is what a provider reports of a text message understood, whenever it comes, and told once?"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reminders.domain.contact import Contact, State
from services.reminders.ports import CONTACTS, SUPPRESSIONS
from shared.channels import Outcome, Result
from shared.contracts.mail import ContactBounced, ContactDelivered
from shared.contracts.reminders import ContactFailed, ContactSent
from shared.tasks import Task
from tests.reminders.over_memory import SENT, Reminders
from tests.reminders.texting import NUMBER, texting, with_appointment

UNKNOWN = Outcome(Result.UNKNOWN, "no-answer")
RULE = "appointment-confirmation"


def sent(*outcomes: Outcome | str, **changes: Any) -> Reminders:
    reminders = texting()
    said = iter(outcomes)
    reminders.outcome = lambda _: next(said, SENT)
    return with_appointment(reminders, **changes)


def arrived(reminders: Reminders, number: int = 0) -> None:
    contact_id = reminders.contact(RULE).contact_id
    at = reminders.now
    reminders.tell(ContactDelivered(contact_id=contact_id, channel="sms", number=number, at=at))


def failed(reminders: Reminders, code: str | None = "30003", number: int = 0) -> None:
    contact_id = reminders.contact(RULE).contact_id
    reminders.tell(
        ContactBounced(contact_id=contact_id, kind="hard", channel="sms", code=code,
                       number=number, at=reminders.now)
    )  # fmt: skip


def ways(reminders: Reminders) -> list[str | None]:
    return [each.channel for each in reminders.messages if each.rule_id == RULE]


def open_tasks(reminders: Reminders, kind: str) -> list[Task]:
    return [each for each in reminders.tasks(kind) if each.state == "open"]


def test_what_arrived_stays_sent_however_often_it_is_said() -> None:
    reminders = sent()
    arrived(reminders)
    arrived(reminders)
    assert reminders.contact(RULE).state is State.HANDED_OVER
    assert len(reminders.announced_of(ContactSent)) == 1


def test_what_did_not_arrive_goes_by_e_mail() -> None:
    reminders = sent()
    failed(reminders)
    reminders.after(minutes=1)
    assert ways(reminders) == ["sms", "email"]
    assert reminders.all(SUPPRESSIONS) == []
    assert reminders.tasks("call-client") == []


@pytest.mark.parametrize(("code", "given_up"), [("30005", True), ("30006", True), ("30003", False),
                                                 ("30007", False), (None, False)])  # fmt: skip
def test_a_number_is_given_up_only_where_it_is_the_number(code: str | None, given_up: bool) -> None:
    reminders = sent()
    failed(reminders, code)
    assert [each.address for each in reminders.all(SUPPRESSIONS)] == ([NUMBER] if given_up else [])


def test_a_report_that_comes_twice_or_late_sends_one_e_mail() -> None:
    reminders = sent()
    failed(reminders)
    failed(reminders)
    reminders.after(minutes=1)
    failed(reminders)
    arrived(reminders)
    reminders.after(days=1)
    assert ways(reminders).count("email") == 1


def test_what_nobody_knew_is_settled_by_the_report_and_the_task_goes() -> None:
    reminders = sent(UNKNOWN, UNKNOWN)
    assert len(open_tasks(reminders, "unknown-message")) == 1
    arrived(reminders, number=1)
    assert reminders.contact(RULE).state is State.HANDED_OVER
    assert open_tasks(reminders, "unknown-message") == []
    reminders.after(days=1)
    assert "email" not in ways(reminders)


def test_what_nobody_knew_and_did_not_arrive_goes_by_e_mail_and_the_task_goes() -> None:
    reminders = sent(UNKNOWN, UNKNOWN)
    failed(reminders, number=1)
    reminders.after(minutes=1)
    assert open_tasks(reminders, "unknown-message") == []
    assert ways(reminders) == ["email"]


def in_hand(reminders: Reminders) -> Contact:
    """Cut off: the message is still in the hands of a process."""
    contact = reminders.contact(RULE)
    assert contact.state is State.HANDING_OVER
    return contact


def test_a_report_before_the_answer_counts() -> None:
    reminders = sent("1:first")
    in_hand(reminders)
    arrived(reminders)
    assert reminders.contact(RULE).reported == "delivered"
    reminders.after(hours=1)  # its time is up: nobody has to ask what became of it
    assert reminders.contact(RULE).state is State.HANDED_OVER
    assert reminders.tasks("unknown-message") == []


def test_a_failure_before_the_answer_goes_by_e_mail_at_once() -> None:
    reminders = sent("1:first")
    in_hand(reminders)
    failed(reminders)
    reminders.after(minutes=1)
    assert ways(reminders) == ["email"]


def test_one_that_arrived_after_all_does_not_go_once_more() -> None:
    reminders = sent(*[Outcome(Result.RETRY, "sms-503")] * 3)
    assert reminders.contact(RULE).state is State.RETRY
    arrived(reminders)
    assert reminders.contact(RULE).state is State.HANDED_OVER
    reminders.after(days=1)
    assert ways(reminders) == []
    assert len(reminders.announced_of(ContactSent)) == 1


def test_when_no_way_is_left_the_report_is_a_failure_and_a_call() -> None:
    reminders = sent(email=None)
    failed(reminders)
    reminders.after(minutes=1)
    (said,) = reminders.announced_of(ContactFailed)
    assert (said.channel, said.reason) == ("sms", "sms-30003")
    assert "could not be delivered" in said.why.text
    assert len(open_tasks(reminders, "call-client")) == 1


def test_a_report_about_another_repeat_or_a_stranger_changes_nothing() -> None:
    reminders = sent()
    failed(reminders, number=7)
    reminders.tell(ContactDelivered(contact_id="m-unknown", channel="sms", at=reminders.now))
    assert reminders.contact(RULE).state is State.HANDED_OVER
    assert len(reminders.all(CONTACTS)) == 1


OUTCOMES = st.sampled_from(
    [SENT, UNKNOWN, Outcome(Result.REFUSED, "sms-21614"), Outcome(Result.RETRY, "sms-503"),
     Outcome(Result.REFUSED_MESSAGE, "sms-30007"), Outcome(Result.NOT_TRIED), "1:gone"]
)  # fmt: skip
DOINGS = st.lists(st.sampled_from(["arrived", "failed", "minute", "hour"]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(OUTCOMES, max_size=3), DOINGS)
def test_whatever_the_provider_does_nobody_is_told_twice_and_nothing_is_lost(
    outcomes: list[Outcome | str], doings: list[str]
) -> None:
    reminders = texting()
    left, texts = list(outcomes), list[Outcome | str]()

    def outcome(contact: Contact) -> Outcome | str:
        if contact.channel != "sms":
            return SENT
        texts.append(left.pop(0) if left else SENT)
        return texts[-1]

    reminders.outcome = outcome
    with_appointment(reminders)
    said = set[str]()
    for doing in doings:
        match doing:
            case "arrived" | "failed":
                contact = reminders.contact(RULE)
                settled = contact.channel == "sms" and contact.state in (
                    State.HANDED_OVER, State.UNKNOWN, State.HANDING_OVER
                )  # fmt: skip
                if settled and not said:  # a provider says one of the two
                    said.add(doing)
                (arrived if doing == "arrived" else failed)(reminders, number=contact.resends)
            case "minute":
                reminders.after(minutes=1)
            case "hour":
                reminders.after(hours=1)
    reminders.after(days=2)
    contact = reminders.contact(RULE)
    by_mail = ways(reminders).count("email")
    assert by_mail <= 1
    if "arrived" in said and "failed" not in doings:
        assert by_mail == 0  # who has the text gets no e-mail
    asked = open_tasks(reminders, "unknown-message") + open_tasks(reminders, "call-client")
    assert contact.state is State.HANDED_OVER or asked  # told, or a person sees to it
