# reason: one installation, started once, serves every term that no other journey shows
"""What docs/terms.md promises of each term and no other journey shows: does it hold from outside?

One installation of its own, with French texts and one system at the door, in which a firm lives
a week once. Then each test looks up what came of one thing.
"""

import asyncio
import csv
import hashlib
import hmac
import io
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from deploy.trial import connection
from shared.clock import real_now
from tests.journeys.a_week import ANSWERS, AREA, CAUSE, DAY, HOUR, MINUTE, NPS, Week
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, Json, until
from tests.journeys.test_client_pages import text_of
from tests.journeys.test_operations import sign_in
from tests.journeys.test_records import said_about

pytestmark = pytest.mark.timeout(900)  # the week itself is lived in the first one
KEY = b"a key that only the portal has.."
SECRET = f"whsec_{b64encode(KEY).decode()}"
PORTAL = """
ignore: "event == 'ping'"
mapping:
  - says: call-requested
    when: "event == 'callback.asked'"
    at: at
    data: {call_id: call, client_id: client, purpose: why, at: at}
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A firm that writes French, too, and has one system at its door."""
    root = tmp_path_factory.mktemp("terms")
    folder, own = root / "data", root / "firm"
    shutil.copytree("examples/firm/languages", own / "languages")
    (own / "sources").mkdir()
    (own / "sources" / "portal.yaml").write_text(PORTAL, encoding="utf-8")
    (own / "firm.toml").write_text("", encoding="utf-8")
    (folder / "source-secrets").mkdir(parents=True)
    (folder / "source-secrets" / "portal").write_text(f"{SECRET}\n", encoding="utf-8")
    running = Installation(folder, CLIENTELE_FIRM_DIR=str(own))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def lived(installation: Installation) -> Week:
    """The week, over."""

    async def live() -> Week:
        async with Firm(connection.read(installation.folder)) as firm:
            week = Week(firm)
            await week.live()
        return week

    return asyncio.run(live())


async def kinds(firm: Firm, client_id: str) -> list[str]:
    return [str(each["kind"]) for each in await firm.timeline(client_id)]


async def of_kind(firm: Firm, client_id: str, kind: str) -> list[Json]:
    return [each for each in await firm.timeline(client_id) if each["kind"] == kind]


async def tasks(firm: Firm, client_id: str, kind: str) -> list[Json]:
    return await firm.tasks_about("client_id", client_id, kind=kind)


async def levels(firm: Firm, task_id: str) -> list[int]:
    """To which levels a task was escalated, in order."""
    said: list[Json] = []
    for stored in await firm.services.stored():
        if stored.startswith("events.task-escalated."):
            key = stored.rpartition(".")[2]
            said += [each for each in await said_about(firm, "task-escalated", key)
                     if each["task_id"] == task_id]  # fmt: skip
    return [int(each["level"]) for each in said]


async def ended(firm: Firm, standard: str) -> dict[str, float]:
    """How many commitments of a standard ended how, as /metrics shows it once it has looked."""
    found: dict[str, float] = {}

    async def both() -> bool:
        async with httpx.AsyncClient(timeout=20) as agent:
            text = (await agent.get(f"{firm.connect['ops']['reminders']}/metrics")).text
        line = rf'commitments_total{{outcome="(\w+)",standard="{standard}"}} (\S+)'
        found.update({outcome: float(count) for outcome, count in re.findall(line, text)})
        return len(found) == 2

    await until(both, "figures of what was owed")
    return found


@pytest.mark.parametrize(
    ("name", "in_time", "standard"),
    [
        ("call", "call-back", "return-call"),
        ("offer", "offer-told", "convey-offer"),
        ("promise", "promise-kept", "promise"),
    ],
)
async def test_what_is_owed_is_met_or_missed_once_and_somebody_has_it(
    firm: Firm, lived: Week, name: str, in_time: str, standard: str
) -> None:
    told = await kinds(firm, lived.of[name])
    assert (told.count("commitment-missed"), told.count("commitment-met")) == (1, 0)
    (task,) = await tasks(firm, lived.of[name], "commitment")
    assert (task["state"], task["escalation"]) == ("open", 2)
    told = await kinds(firm, lived.of[in_time])
    assert (told.count("commitment-missed"), told.count("commitment-met")) == (0, 1)
    assert await tasks(firm, lived.of[in_time], "commitment") == []
    assert await ended(firm, standard) == {"missed": 1.0, "met": 1.0}


async def test_the_scorecard_has_what_was_missed(firm: Firm, lived: Week) -> None:
    browser = await sign_in(firm, "partner")
    month = f"{lived.began:%Y-%m}"
    page = await browser.get(f"/reports/commitments?until={month}&months=12")
    assert page.status_code == 200
    rows = re.findall(r'href="(/reports/commitments/rows[^"]+)"', page.text)
    assert rows
    await browser.aclose()


async def test_an_overdue_task_is_escalated_exactly_once_to_each_level(
    firm: Firm, lived: Week
) -> None:
    assert await levels(firm, lived.of["task-id"]) == [1, 2]
    task = await firm.get(f"/api/v1/tasks/{lived.of['task-id']}")
    assert task["escalated_to"]


async def test_an_inquiry_that_nobody_takes_is_escalated_and_its_answer_missed(
    firm: Firm, lived: Week
) -> None:
    about = await firm.tasks_about("inquiry_id", lived.of["inquiry"])
    escalation = {each["kind"]: each["escalation"] for each in about}
    assert escalation == {"inquiry-ready": 2, "commitment": 2}


async def test_a_message_at_eleven_at_night_goes_at_eight(firm: Firm, lived: Week) -> None:
    client_id = lived.of["night"]
    deferred = await of_kind(firm, client_id, "contact-deferred")
    assert {each["gates"][-1]["reason"] for each in deferred} == {"quiet-hours"}
    sent = [datetime.fromisoformat(e["at"]) for e in await of_kind(firm, client_id, "contact-sent")]
    assert abs(min(sent) - lived.began - 9 * HOUR) < MINUTE  # from eleven until eight


async def test_a_client_reads_their_language_and_one_the_firm_lacks_is_a_persons_task(
    firm: Firm, lived: Week
) -> None:
    assert any(each.startswith("Bienvenue chez") for each in firm.subjects(lived.of["french"]))
    assert await tasks(firm, lived.of["french"], "unmet-wish") == []
    (wish,) = await tasks(firm, lived.of["italian"], "unmet-wish")
    assert "another language (it)" in wish["why"]["text"]


async def test_a_text_that_does_not_arrive_goes_by_mail_or_somebody_calls_and_never_both(
    firm: Firm, lived: Week
) -> None:
    confirmed = [each for each in firm.subjects(lived.of["texts"]) if "appointment" in each]
    assert confirmed
    assert await tasks(firm, lived.of["texts"], "call-client") == []
    assert firm.mails(lived.of["texts-alone"]) == []
    assert await tasks(firm, lived.of["texts-alone"], "call-client")


async def test_a_closed_matter_is_asked_about_once_and_of_a_sensitive_client_by_a_call(
    firm: Firm, lived: Week
) -> None:
    for name in ("answer-0", "unhappy"):
        asked = await of_kind(firm, lived.of[name], "feedback-requested")
        assert len(asked) == 1
        assert datetime.fromisoformat(asked[0]["at"]) - lived.began < HOUR
    assert not [each for each in firm.mails(lived.of["sensitive"]) if each["List-Unsubscribe"]]
    assert await tasks(firm, lived.of["sensitive"], "call-client")


async def test_known_answers_give_exactly_the_published_figure(firm: Firm, lived: Week) -> None:
    browser = await sign_in(firm, "partner")
    file = await browser.get(f"/reports/satisfaction.csv?until={lived.began:%Y-%m}&months=1")
    rows = [row for row in csv.reader(io.StringIO(file.text)) if AREA in "".join(row).lower()]
    recommended = [row for row in rows if row[5] == NPS]
    assert [row[6] for row in recommended] == [str(len(ANSWERS))]
    await browser.aclose()


async def test_silence_and_an_unhappy_answer_are_one_risk_with_both_reasons(
    firm: Firm, lived: Week
) -> None:
    told = await said_about(firm, "retention-risk-raised", lived.of["unhappy"])
    reasons = [each["reasons"] for each in told]
    assert reasons[0] == ["low-score", "no-contact"]
    assert all(len(before) < len(after) for before, after in pairwise(reasons))  # one more joined
    asks = await tasks(firm, lived.of["unhappy"], "client-check-in")
    assert {each["role"] for each in asks} == {"partner"}
    browser = await sign_in(firm, "partner")
    assert lived.of["unhappy"] in (await browser.get("/reports/risks")).text
    await browser.aclose()


async def test_thirty_silent_days_are_one_task_and_a_talk_starts_them_anew(
    firm: Firm, lived: Week
) -> None:
    assert len(await tasks(firm, lived.of["quiet"], "contact-gap")) == 1
    assert await tasks(firm, lived.of["spoken-to"], "contact-gap") == []


async def test_a_low_score_that_nobody_sees_to_is_escalated(firm: Firm, lived: Week) -> None:
    (task,) = await tasks(firm, lived.of["unhappy"], "service-recovery")
    assert (task["state"], task["escalation"]) == ("open", 2)


async def test_a_deadline_of_who_is_away_is_somebody_elses(firm: Firm, lived: Week) -> None:
    (task,) = await tasks(firm, lived.of["deadline"], "deadline")
    assert task["owner_id"] == firm.connect["staff"]["partner"]


async def test_three_disputes_of_one_cause_are_one_question_and_what_is_learned_is_listed(
    firm: Firm, lived: Week
) -> None:
    (task,) = await firm.tasks(kind="systemic-cause")
    assert task["why"]["text"].startswith("3 concerns")
    assert CAUSE in task["why"]["text"]
    lawyer = firm.connect["staff"]["lawyer"]
    day = (await firm.now() + 14 * DAY).date().isoformat()
    train = {"learner": lawyer, "learned_by": day, "reason": "How we speak to each other."}
    assert (await firm.decide(task, "train", "partner", train)).status_code == 200
    await firm.idle()
    (learning,) = await firm.tasks("lawyer", kind="learning")
    assert learning["owner_id"] == lawyer
    done = await firm.decide(learning, "learned", "lawyer", {"note": "I ask before I answer."})
    assert done.status_code == 200, done.text
    await firm.idle()
    browser = await sign_in(firm, "partner")
    for place in ("/reports/learning", "/reports/learning.csv"):
        page = (await browser.get(place)).text
        assert "How we speak to each other." in page
        assert "I ask before I answer." in page
    await browser.aclose()


async def test_the_timeline_has_five_events_in_order_each_with_its_cause(firm: Firm) -> None:
    client_id = await firm.a_client()
    now = await firm.now()
    about = {"client_id": client_id, "appointment_id": firm.id("a"), "kind": "consultation"}
    where = {"timezone": "Europe/London"}
    said = [
        ("appointment-scheduled", about | where | {"starts_at": (now + 9 * DAY).isoformat()}),
        ("appointment-rescheduled", about | where | {"starts_at": (now + 8 * DAY).isoformat()}),
        ("appointment-cancelled", {k: about[k] for k in ("client_id", "appointment_id")}),
    ]
    ids = []
    for number, (kind, data) in enumerate(said):
        at = (real_now() - (10 - number) * timedelta(seconds=1)).isoformat()
        ids.append((kind, (await firm.say(kind, client_id, data, time=at))["id"]))
    await firm.idle()
    lines = [(e["kind"], e["why"]["event_id"]) for e in await firm.timeline(client_id)]
    found = [each for each in lines if each in ids]
    assert found in (ids, ids[::-1])
    assert {"client-onboarded", "matter-opened"} <= {kind for kind, _ in lines}


async def test_how_a_client_wishes_to_be_met_stands_on_the_next_task(firm: Firm) -> None:
    client_id = await firm.a_client()
    wishes = {"preferred_name": "Xen", "pronunciation": "ZEN-ya", "interpreter": "Farsi"}
    await firm.say("client-updated", client_id, {"client_id": client_id, **wishes})
    await firm.idle()
    asked = {"title": "Ring them", "due_at": (await firm.now() + DAY).isoformat(),
             "about": {"client_id": client_id}}  # fmt: skip
    async with firm.api() as api:
        task = (await api.post("/api/v1/tasks", json=asked)).json()
    browser = await sign_in(firm, "assistant")
    page = (await browser.get(f"/tasks/{task['task_id']}")).text
    assert all(word in page for word in wishes.values())
    brief = await browser.get(f"/clients/{client_id}?form=brief")
    assert all(word in brief.text for word in wishes.values())
    looks = await firm.get(f"/api/v1/clients/{client_id}/looks")
    assert firm.connect["staff"]["assistant"] in {each["staff_id"] for each in looks["items"]}
    await browser.aclose()


LETTER = """Dear Client,

YOU MUST PAY. You failed to answer, and the disbursements are due forthwith.

{long}

Our fees are 200 EUR an hour."""
LONG = "We write to you " + "and then we write to you again " * 8 + "today."


async def a_letter(firm: Firm, client_id: str) -> Json:
    """A letter that was asked for; its task, with its fields."""
    letter = {"letter_id": firm.id("l"), "letter": "apology", "client_id": client_id}
    await firm.say("letter-requested", client_id, letter)
    await firm.idle()
    (task,) = await firm.tasks_about("client_id", client_id, kind="letter-approval", state="open")
    return await firm.get(f"/api/v1/tasks/{task['task_id']}")


def values(task: Json) -> dict[str, Any]:
    return {each["name"]: each.get("value") for each in task["fields"]}


async def test_hard_words_and_sentences_of_a_letter_are_named_where_they_stand(firm: Firm) -> None:
    client_id = await firm.a_client()
    task = await a_letter(firm, client_id)
    words = {"subject": "A word from us", "text": LETTER.format(long=LONG)}
    assert (await firm.decide(task, "edit", "lawyer", words)).status_code == 200
    shown = values(await firm.get(f"/api/v1/tasks/{task['task_id']}"))
    found = {(each["rule"], each["phrase"].lower()) for each in shown["hints"]}
    assert {
        ("jargon", "disbursements"), ("jargon", "forthwith"), ("courtesy", "you failed to"),
        ("capitals", "must pay"),
    } <= found  # fmt: skip
    assert any(rule == "reading-grade" and LONG.lower() in said for rule, said in found)


async def test_the_same_letter_twice_is_the_same_to_the_byte(firm: Firm) -> None:
    name = f"Una Kzt{firm.run}"
    written = []
    for _ in range(2):
        client_id = await firm.a_client(name=name)
        written.append(values(await a_letter(firm, client_id)))
    first, second = ((each["subject"], each["text"]) for each in written)
    assert first == second


async def test_a_message_can_be_read_again_as_it_went(firm: Firm, lived: Week) -> None:
    client_id = lived.of["french"]
    browser = await sign_in(firm, "assistant")
    page = (await browser.get(f"/clients/{client_id}")).text
    (place, *_) = re.findall(rf'href="(/clients/{client_id}/messages/[^"/]+)"', page)
    went = (await browser.get(place)).text
    assert "Bienvenue chez" in went
    line = next(each for each in text_of(firm.mails(client_id)[0]).splitlines() if "merci" in each)
    assert line.strip() in went
    await browser.aclose()


async def test_a_delivery_that_is_not_signed_by_its_source_is_refused(firm: Firm) -> None:
    client_id = await firm.a_client()
    await firm.idle()
    now = await firm.now()
    body = f'{{"event": "callback.asked", "call": "{firm.id("k")}", "client": "{client_id}", '
    body += f'"why": "a question", "at": "{now.isoformat()}"}}'
    place = f"{firm.connect['gateway']}/in/portal"
    async with httpx.AsyncClient(timeout=20) as portal:
        forged = await portal.post(place, content=body, headers=signed(body, b"another key", now))
        taken = await portal.post(place, content=body, headers=signed(body, KEY, now))
        texts = await portal.post(f"{firm.connect['reminders']}/texts/answers",
            data={"From": "+15005550006", "Body": "STOP"})  # fmt: skip
    assert (forged.status_code, taken.status_code, texts.status_code) == (401, 202, 403)
    await firm.idle()
    assert len(await of_kind(firm, client_id, "call-requested")) == 1


def signed(body: str, key: bytes, now: datetime) -> dict[str, str]:
    """The headers of a Standard Webhook."""
    at = str(int(now.timestamp()))
    id = hashlib.sha256(key).hexdigest()
    mac = hmac.digest(key, f"{id}.{at}.{body}".encode(), "sha256")
    signature = f"v1,{b64encode(mac).decode()}"
    return {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature}


async def test_a_near_name_waits_until_somebody_else_has_cleared_it(firm: Firm) -> None:
    name = f"Ottilie Zvara{firm.id('z').replace('-', '')}"
    party = {"matter_id": firm.id("m"), "party_id": firm.id("p"), "name": name, "role": "adverse"}
    await firm.say("party-added", party["matter_id"], party)
    await firm.idle()
    client_id = await firm.a_client(name=name.replace("Ottilie", "Otilie"))
    await firm.idle()
    clearance = f"/api/v1/clearances/{client_id}"
    assert (await firm.get(clearance))["state"] == "pending"
    assert firm.mails(client_id) == []
    check = next(each for each in await firm.tasks("conflicts-officer", kind="conflict-check",
        state="open") if each["about"].get("client_id") == client_id)  # fmt: skip
    cleared = {"grounds": "another-person", "reason": "Born in another year."}
    answer = await firm.decide(check, "clear", "conflicts-officer", cleared)
    assert answer.status_code == 200, answer.text
    await firm.idle()
    assert (await firm.get(clearance))["state"] == "clear"
    await firm.morning()
    assert len(firm.mails(client_id)) == 1
