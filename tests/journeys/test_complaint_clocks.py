"""From outside, under the law of England and Wales: is a complaint's clock seen before it runs out?

An installation of its own, for a profile holds for all of one: nobody does anything about a
complaint for eight weeks; or they are told in week seven, by a letter, where else they may turn.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest

from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, Json, until
from tests.journeys.test_client_pages import text_of
from tests.journeys.test_concerns import complained
from tests.journeys.test_letters_for_approval import letter_task
from tests.journeys.test_records import said_about
from tests.journeys.test_refusals import the_task

pytestmark = [pytest.mark.whole, pytest.mark.timeout(900)]
ANSWER, OMBUDSMAN = "Answer a complaint in full", "Tell of the Legal Ombudsman"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REACHED_AT = ("PO Box 6167, Slough SL1 0EH", "0300 555 0333", "enquiries@legalombudsman.org.uk")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A firm in England."""
    folder = tmp_path_factory.mktemp("england") / "data"
    folder.mkdir()
    running = Installation(folder, CLIENTELE_PROFILE="england-and-wales")
    running.start()
    yield running
    running.stop()


async def owed(firm: Firm, client_id: str) -> set[str]:
    """What somebody is asked to do for this client because it is owed."""
    tasks = await firm.tasks_about("client_id", client_id, kind="commitment", state="open")
    return {str(each["title"]) for each in tasks}


async def test_a_complaint_is_asked_about_on_day_42_and_missed_on_day_56_by_its_source(
    firm: Firm,
) -> None:
    client_id = await complained(firm)
    await firm.advance(41 * DAY)
    assert ANSWER not in await owed(firm, client_id)
    await firm.advance(DAY + HOUR)
    assert ANSWER in await owed(firm, client_id)
    assert OMBUDSMAN not in await owed(firm, client_id)
    await firm.advance(7 * DAY)
    assert {ANSWER, OMBUDSMAN} <= await owed(firm, client_id)
    await firm.advance(7 * DAY)
    every_missed = await said_about(firm, "commitment-missed", client_id)
    missed = {each["standard"]: each for each in every_missed}
    assert "paras 8.4 and 8.5" in missed["complaint-answer"]["source"]
    assert "para 8.4" in missed["complaint-signposting"]["source"]
    told = [each["kind"] for each in await firm.timeline(client_id)]
    assert told.count("commitment-missed") == len(every_missed), "to keep informed is owed anew"


async def drafted(firm: Firm, client_id: str) -> tuple[Json, str]:
    """The letter that waits for approval, and what it says."""
    task = await letter_task(firm, client_id)
    shown = await firm.get(f"/api/v1/tasks/{task['task_id']}")
    (text,) = [each["value"] for each in shown["fields"] if each["name"] == "text"]
    return task, str(text)


async def test_in_week_seven_they_are_told_of_the_ombudsman_by_a_letter_and_the_clock_is_met(
    firm: Firm,
) -> None:
    client_id = await complained(firm)
    await firm.advance(49 * DAY + HOUR)
    assert OMBUDSMAN in await owed(firm, client_id)
    leading = await the_task(firm, "client_id", client_id, "service-recovery")
    told = await firm.decide(leading, "signposted", "partner")
    assert told.status_code == 200, told.text
    task, text = await drafted(firm, client_id)
    assert "who signs" not in text
    assert "unterzeichnenden" not in text
    refused = await firm.decide(task, "approve", "lawyer", {})
    assert refused.status_code == 422, "it has gaps"
    words = {"subject": "Your complaint", "text": re.sub(r"\[[^\]]*\]", "as we said", text)}
    assert (await firm.decide(task, "edit", "partner", words)).status_code == 200
    task, text = await drafted(firm, client_id)
    await firm.morning()
    before = len(firm.mails(client_id))
    approved = await firm.decide(task, "approve", "lawyer", {})
    assert approved.status_code == 200, approved.text
    await firm.idle()

    async def arrived() -> bool:
        return len(firm.mails(client_id)) > before

    await until(arrived, "the letter")
    mail = text_of(firm.mails(client_id)[-1]).replace("\r\n", "\n").strip()
    assert mail == text.strip()
    assert all(each in mail for each in REACHED_AT)
    by_hash = sha256(text.encode()).hexdigest()
    for kind in ("letter-approved", "contact-sent"):
        assert (await said_about(firm, kind, client_id))[-1]["text_hash"] == by_hash, kind
    assert OMBUDSMAN not in await owed(firm, client_id)
    await firm.advance(8 * DAY)
    missed = [each["standard"] for each in await said_about(firm, "commitment-missed", client_id)]
    met = [each["standard"] for each in await said_about(firm, "commitment-met", client_id)]
    assert "complaint-signposting" in met
    assert "complaint-signposting" not in missed
