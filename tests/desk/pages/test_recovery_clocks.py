"""Do the clocks of a recovery tell how long no person has been in touch?"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from services.desk.api.desk import Desk
from services.desk.domain.timeline import Entry, entry_of
from services.desk.pages.recovery_clocks import Clock, clocks_of
from services.desk.pages.words import due_words
from shared.contracts.base import EventData
from shared.contracts.firm import ClientContactLogged
from shared.contracts.reminders import ContactSent
from shared.contracts.tasks import About
from tests.desk.domain.test_timeline import CONTACT
from tests.desk.facts import DUE, LEO, NOON, event, listed

ZONE = ZoneInfo("Europe/London")
LATER = NOON + timedelta(hours=14)
MAIL = ContactSent.model_validate({**CONTACT, "at": LATER - timedelta(hours=1)})
CALL = ContactSent.model_validate({**CONTACT, "channel": "phone", "at": LATER - timedelta(hours=2)})
TALK = ClientContactLogged(
    client_id="c-1", direction="out", channel="phone", at=LATER - timedelta(hours=3), two_way=True
)


async def silence(*said: EventData) -> Clock:
    """The last of the clocks, where this stands on the timeline, the newest first."""
    lines = [entry_of(event(each, id=f"e-{n}"), ZONE) for n, each in enumerate(said)]

    async def page(*_: Any) -> list[Entry]:
        return [each for each in lines if each is not None]

    clock = SimpleNamespace(now=lambda: LATER)
    desk = SimpleNamespace(
        runtime=SimpleNamespace(clock=clock), timeline=SimpleNamespace(page=page), zone=ZONE
    )
    task = listed(kind="service-recovery", about=About(client_id="c-1"))
    clocks = await clocks_of(cast("Desk", desk), task, due_words(DUE, LATER, ZONE), LEO)
    return clocks[-1]


async def test_a_mail_that_went_by_itself_is_no_talk() -> None:
    assert (await silence(MAIL)).words == "Not yet"


async def test_whoever_was_told_by_telephone_was_talked_to() -> None:
    assert (await silence(MAIL, CALL)).words == "2 hours ago"


async def test_a_logged_talk_counts_whatever_mail_went_since() -> None:
    assert (await silence(MAIL, TALK)).words == "3 hours ago"
