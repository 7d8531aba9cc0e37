"""Who gets which event, and what may ops make of a subscription?"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from services.gateway.domain.outward import BY_NAME_ONLY, MAY_LEAVE, NEVER, is_wanted
from services.gateway.ports import OUTWARD_EVENTS
from services.gateway.workflow import subscribing
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.firm import MatterOpened
from shared.contracts.incidents import IncidentDeclared
from shared.contracts.tasks import TaskCreated
from shared.errors import RuleError
from tests.desk.facts import created
from tests.gateway.doors import onboarded
from tests.gateway.sending import SECRET, URL, Sending


def test_nobody_gets_what_nobody_subscribed_to() -> None:
    sending = Sending()
    sending.close_matters()
    assert (sending.sent, sending.office.all(OUTWARD_EVENTS)) == ([], [])


def test_an_event_is_kept_once_and_goes_to_each_that_wants_it() -> None:
    sending = Sending()
    sending.subscribe("crm", "matter-closed")
    sending.subscribe("dms", "matter-*")
    sending.subscribe("billing", "invoice-*")
    sending.close_matters()
    (kept,) = sending.office.all(OUTWARD_EVENTS)
    said = json.loads(kept.body)
    assert (said["type"], said["data"]["matter_id"]) == ("matter-closed", "m-0")
    assert kept.owner == "client:c-1"
    assert [each.subscription for each in sending.sent] in (["crm", "dms"], ["dms", "crm"])
    assert {each.msg_id for each in sending.sent} == {kept.msg_id}


def test_what_carries_a_name_goes_only_to_who_asks_for_just_that() -> None:
    sending = Sending()
    sending.subscribe("all", "*")
    sending.subscribe("crm", "client-onboarded")
    sending.office.hear(onboarded("c-1", "ada@client.example"))
    assert [each.subscription for each in sending.sent] == ["crm"]


@pytest.mark.parametrize(("rehearsal", "goes"), [(True, 0), (None, 1)])
def test_nothing_of_a_rehearsal_goes_to_anybody(rehearsal: bool | None, goes: int) -> None:
    sending = Sending()
    sending.subscribe("website", "incident-declared")
    declared = IncidentDeclared(
        incident_id="i-1", kind="data-breach", scope="firm", spokesperson_id="s-1", by="s-1",
        rehearsal=rehearsal, at=sending.office.now,
    )  # fmt: skip
    sending.office.hear(declared)
    assert (len(sending.sent), len(sending.office.all(OUTWARD_EVENTS))) == (goes, goes)


def asked(kind: str) -> TaskCreated:
    """A task of this kind, asked of somebody."""
    return created("t-1", kind=kind, title="Rehearsal: call the insurer")


@pytest.mark.parametrize(
    ("kind", "goes"),
    [("incident-step", 0), ("incident-proposal", 0), ("roll-call", 0), ("call-client", 1)],
)
def test_no_task_of_an_incident_or_its_rehearsal_goes_to_anybody(kind: str, goes: int) -> None:
    sending = Sending()
    sending.subscribe("dashboard", "task-created")
    sending.office.hear(asked(kind))
    assert (len(sending.sent), len(sending.office.all(OUTWARD_EVENTS))) == (goes, goes)


def test_a_wildcard_means_no_task_for_it_may_be_about_a_conflict() -> None:
    sending = Sending()
    sending.subscribe("all", "*")
    sending.office.hear(asked("conflict-check"))
    assert sending.sent == []
    with pytest.raises(RuleError, match="named one by one"):
        sending.subscribe("tasks", "task-*")


def test_every_type_is_either_for_all_for_who_names_it_or_for_nobody() -> None:
    by_everything = {each for each in CATALOGUE if is_wanted(each, "*")}
    assert by_everything == MAY_LEAVE - BY_NAME_ONLY
    assert {each for each in CATALOGUE if is_wanted(each, each)} == set(CATALOGUE) - NEVER
    carrying = {name for name, data in CATALOGUE.items() if data.DELIVERS_PRIVATE}
    assert not by_everything & carrying


def test_a_system_does_not_get_its_own_words_back() -> None:
    sending = Sending()
    sending.subscribe("crm", "matter-opened", not_from=("urn:system:gateway:crm",))
    opened = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="s-1")
    sending.office.hear(opened, source="urn:system:gateway:crm")
    sending.office.hear(opened, source="urn:system:gateway:crm:branch")
    assert sending.sent == []
    sending.office.hear(opened, source="urn:system:gateway:crm-two")
    assert len(sending.sent) == 1


@pytest.mark.parametrize(
    ("types", "says"),
    [
        (("matter-cloze",), "There is no event matter-cloze"),
        (("mat*",), "There is no event"),
        (("records-ordered",), "never leaves"),
        (("restriction-*",), "restriction-lifted, restriction-placed"),
        (("-*",), "There is no event"),
    ],
)
def test_a_type_that_is_none_is_refused_with_what_there_is(
    types: tuple[str, ...], says: str
) -> None:
    with pytest.raises(RuleError, match=says) as refused:
        Sending().subscribe("crm", *types)
    assert refused.value.field == "types"


@pytest.mark.parametrize("name", ["", "CRM", "a b", "-crm", "x" * 33])
def test_a_name_has_one_form(name: str) -> None:
    with pytest.raises(RuleError, match="lower-case"):
        Sending().subscribe(name)


def test_a_changed_one_keeps_its_secret_and_when_it_began() -> None:
    sending = Sending()
    first = sending.subscribe()
    sending.office.now += timedelta(days=1)
    after = sending.subscribe("crm", "invoice-*")
    assert (after.secrets, after.added_at) == (first.secrets, first.added_at)
    assert after.types == ("invoice-*",)


def test_for_a_day_both_secrets_sign_then_the_new_one() -> None:
    sending = Sending()
    sending.subscribe()
    fresh = SECRET[:-4] + "AAA="
    after = sending.ask(subscribing.renew, "crm", fresh)
    now = sending.office.now
    assert after.signing(now + timedelta(hours=23)) == (fresh, SECRET)
    assert after.signing(now + timedelta(hours=24)) == (fresh,)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", SECRET[6:], "whsec_no base64"])
def test_a_secret_that_no_library_takes_is_refused(secret: str) -> None:
    sending = Sending()
    sending.subscribe()
    with pytest.raises(RuleError, match="whsec_"):
        sending.ask(subscribing.renew, "crm", secret)


def test_paused_it_keeps_what_comes() -> None:
    sending = Sending()
    sending.subscribe()
    sending.ask(subscribing.pause, "crm")
    sending.close_matters(2)
    assert sending.claim() == []
    assert [each.state for each in sending.sent] == ["held", "held"]
    sending.ask(subscribing.resume, "crm")
    assert sending.again(*(each.dispatch_id for each in sending.sent)) == 2
    assert len(sending.claim()) == 2


def test_who_names_one_that_is_not_there_is_told_which_are() -> None:
    sending = Sending()
    sending.subscribe("dms")
    with pytest.raises(RuleError, match="There are: dms"):
        sending.ask(subscribing.pause, "crm")


def test_an_address_is_refused_at_once_where_it_is_none() -> None:
    sending = Sending()
    sending.subscribe()
    assert sending.subscription.url == URL
    with pytest.raises(RuleError, match="https") as refused:
        sending.ask(
            subscribing.subscribe,
            sending.config,
            replace(sending.subscription, url="http://crm.example/"),
        )
    assert refused.value.field == "url"
