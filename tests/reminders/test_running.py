"""Does the service do on real servers what its steps promise?"""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from nats.aio.msg import Msg

from services.reminders.app import rules_of, vocabulary
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.playbook_versions import ChangedRuleError
from shared.clock import real_now
from shared.contracts.desk import StaffDigestSet
from shared.contracts.intake import ConflictCleared
from shared.contracts.mail import ContactBounced
from shared.errors import RuleError
from tests.patience import PATIENCE
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import OPENED, cancelled, client, scheduled

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")


async def test_a_new_client_is_welcomed_by_mail(installation: Installation) -> None:
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)
    (mail,) = await installation.received(1)
    assert mail["To"] == "ada@muster.example"
    assert mail["Subject"].startswith("Willkommen")


async def test_the_welcome_is_said_on_the_stream(installation: Installation) -> None:
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)

    async def said() -> bool:
        return bool(await installation.said("contact-sent"))

    await until(said)
    (planned,) = await installation.said("contact-planned")
    (sent,) = await installation.said("contact-sent")
    assert planned.occurrences[0].occurrence_id == sent.occurrence_id


async def test_a_restart_sends_nothing_twice(installation: Installation) -> None:
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)
    await installation.received(1)
    await installation.stop()
    await installation.start()
    await installation.publish(scheduled(real_now() + timedelta(days=30)))
    mails = await installation.received(2)
    assert len({mail["Message-ID"] for mail in mails}) == len(mails) == 2


async def test_after_an_outage_a_waiting_cancel_comes_first(installation: Installation) -> None:
    soon = real_now() + timedelta(days=2)
    await installation.publish(client(), scheduled(soon), cancelled())
    await installation.publish(OPENED, CLEARED)
    await installation.start()
    (mail,) = await installation.received(1)
    assert mail["Subject"].startswith("Willkommen")


async def test_held_back_nothing_goes_until_released(installation: Installation) -> None:
    await installation.start()
    await installation.ask(ask="outbound", do="hold")
    await installation.publish(client(), OPENED, CLEARED)

    async def deferred() -> bool:
        return bool(await installation.said("contact-deferred"))

    await until(deferred)
    assert installation.inbox.messages == []
    released = await installation.ask(ask="outbound", do="release")
    assert (released["held"], released["woken"]) == (False, 1)
    await installation.received(1)


async def test_hold_stops_what_is_in_hand_and_answers_once_nothing_is(
    installation: Installation,
) -> None:
    inbox = installation.inbox
    inbox.may_answer.clear()
    await installation.start()
    clients = [client(client_id=f"c-{n}", email=f"c-{n}@muster.example") for n in range(60)]
    cleared = [
        ConflictCleared(check_id=f"k-{n}", client_id=f"c-{n}", hit_count=0, trigger="client")
        for n in range(60)
    ]
    opened = [
        OPENED.model_copy(update={"client_id": f"c-{n}", "matter_id": f"m-{n}"}) for n in range(60)
    ]
    await installation.publish(*clients, *opened, *cleared)
    await asyncio.wait_for(inbox.took_one.wait(), 30)
    holding = asyncio.ensure_future(installation.ask(ask="outbound", do="hold"))

    async def held() -> bool:
        return bool((await installation.ask(ask="outbound", do="state"))["held"])

    await until(held)
    inbox.may_answer.set()
    answer = await holding
    gone = len(inbox.messages)
    assert (answer["held"], answer["in_hand"]) == (True, 0)

    async def all_wait() -> bool:
        counts = (await installation.ask(ask="timers"))["messages"]
        return bool((counts.get("sent"), counts.get("deferred")) == (gone, 60 - gone))

    await until(all_wait)
    assert len(inbox.messages) == gone < 60


async def test_a_bounce_ends_an_address_and_ops_lift_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_MAIL_BOUNCE_DOMAIN", "bounces.firm.example")
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)
    await installation.received(1)
    (came_from,) = installation.inbox.came_from
    paths = ReturnPaths("bounces.firm.example", installation.settings.link_key())
    contact_id = paths.contact_of(came_from)
    assert contact_id is not None
    await installation.publish(
        ContactBounced(contact_id=contact_id, kind="hard", status="5.1.1", at=real_now())
    )

    async def failed() -> bool:
        return bool(await installation.said("contact-failed"))

    await until(failed)
    (item,) = (await installation.ask(ask="addresses", do="list"))["items"]
    assert (item["client_id"], item["reason"]) == ("c-1", "bounced-5.1.1")
    assert "muster" not in str(item)
    lifted = await installation.ask(ask="addresses", do="lift", address=" ADA@muster.example")
    assert lifted == {"lifted": 1}
    assert (await installation.ask(ask="addresses", do="list"))["items"] == []


@pytest.mark.parametrize("which", [{"client_id": "c-1"}, {"all": True}])
async def test_ops_lift_what_stands_against_a_client_or_everybody(
    installation: Installation, which: dict[str, Any]
) -> None:
    installation.inbox.answer = "550 5.1.1 no such user"
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)

    async def failed() -> bool:
        return bool(await installation.said("contact-failed"))

    await until(failed)
    assert await installation.ask(ask="addresses", do="lift", **which) == {"lifted": 1}
    assert (await installation.ask(ask="addresses", do="list"))["items"] == []


async def test_ops_must_say_which_addresses_to_lift(installation: Installation) -> None:
    await installation.start()
    with pytest.raises(RuleError, match="Say which"):
        await installation.ask(ask="addresses", do="lift")


async def test_outside_a_trial_nothing_goes_with_sample_values(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_TRIAL")
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)

    async def deferred() -> bool:
        return bool(await installation.said("contact-deferred"))

    await until(deferred)
    (waits,) = await installation.said("contact-deferred")
    assert waits.reason == "sample-values"
    assert installation.inbox.messages == []
    state = await installation.ask(ask="outbound", do="state")
    assert state["sample_settings"] == ("CLIENTELE_FIRM_NAME", "CLIENTELE_MAIL_FROM")


async def test_with_the_firms_own_values_messages_go(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_TRIAL")
    monkeypatch.setenv("CLIENTELE_FIRM_NAME", "Muster & Partner")
    monkeypatch.setenv("CLIENTELE_MAIL_FROM", "kanzlei@muster.example")
    await installation.start()
    await installation.publish(client(), OPENED, CLEARED)
    (mail,) = await installation.received(1)
    assert mail["From"] == "Muster & Partner <kanzlei@muster.example>"


async def test_ops_see_timers_and_rules(installation: Installation) -> None:
    process = await installation.start()
    await installation.publish(client(), scheduled(real_now() + timedelta(days=30)))
    await installation.received(1)
    counts = await installation.ask(ask="timers")
    assert counts["timers"] == {"fired": 1, "planned": 4}
    assert counts["next_due"] is not None
    rules = (await installation.ask(ask="playbooks"))["items"]
    assert sorted(each["rule_id"] for each in rules) == sorted(
        each.rule.rule_id for each in rules_of(playbook_files(RemindersSettings()), vocabulary())
    )
    assert process.runtime.leases.shards


async def test_a_rule_changed_under_its_old_version_stops_the_start(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await installation.start()
    await installation.stop()
    await installation.db.collection("rules").update_one(
        {"_id": "welcome@2"}, {"$set": {"d.fingerprint": "another"}}
    )
    with pytest.raises(ChangedRuleError):
        await installation.start()
    monkeypatch.undo()
    installation.process = None


async def test_nothing_private_stands_in_the_database_in_the_clear(
    installation: Installation,
) -> None:
    await installation.start()
    await installation.publish(
        client(name="Canary Person", email="canary@muster.example", phone="+49 999 111"),
        OPENED,
        CLEARED,
        scheduled(real_now() + timedelta(days=9), location="Canary Street 7"),
    )
    await installation.received(1)
    for name in ("cards", "subjects", "contacts", "timers", "outbox", "tasks", "handled_events"):
        async for row in installation.db.collection(name).find({}):
            assert b"canary" not in str(row).lower().encode()


AGENDA = {
    "address": "leo@firm.example", "language": "de",
    "overdue": {"kinds": {"Call the client": 2}, "unowned": 1},
    "today": {"kinds": {}, "unowned": 0}, "new": {"kinds": {}, "unowned": 0},
    "inbox": "http://desk.test/inbox", "settings": "http://desk.test/settings#digest",
}  # fmt: skip


async def plan_of(installation: Installation) -> dict[str, Any]:
    """What the desk would hear of this person's digest."""
    answer = await installation.nats.request("digests.reminders", b'{"staff_id": "s-1"}', PATIENCE)
    return dict(json.loads(answer.data))


async def test_a_digest_is_planned_asked_for_sent_and_told_of(installation: Installation) -> None:
    process = await installation.start()
    asked: list[dict[str, Any]] = []

    async def answer(message: Msg) -> None:
        asked.append(json.loads(message.data))
        await message.respond(json.dumps(AGENDA).encode())

    await installation.nats.subscribe("digests.desk", cb=answer)
    await installation.publish(StaffDigestSet(staff_id="s-1", at="07:30", timezone="Europe/Berlin"))

    async def planned() -> bool:
        return (await plan_of(installation))["next"] is not None

    await until(planned)
    first = datetime.fromisoformat((await plan_of(installation))["next"])
    await process.runtime.travel(first - real_now() + timedelta(seconds=1))
    (mail,) = await installation.received(1)
    assert mail["To"] == "leo@firm.example"
    assert mail["Subject"] == "Ihre Aufgaben: 2 überfällig, 0 heute fällig, 0 neu"
    assert [each["staff_id"] for each in asked] == ["s-1"]

    async def settled() -> bool:
        return bool((await plan_of(installation))["outcome"] == "sent")

    await until(settled)
    plan = await plan_of(installation)
    assert datetime.fromisoformat(plan["last"]) == first
    assert datetime.fromisoformat(plan["next"]) > first
