"""From outside, under the law of England and Wales: is a complaint's clock seen before it runs out?

An installation of its own, for a profile holds for all of one: nobody does anything about a
complaint for eight weeks.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm
from tests.journeys.test_concerns import complained
from tests.journeys.test_records import said_about

pytestmark = [pytest.mark.whole, pytest.mark.timeout(900)]
ANSWER, OMBUDSMAN = "Answer a complaint in full", "Tell of the Legal Ombudsman"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


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
