"""Does each "Sent" line lead to the words as they went, and can what was sent do no harm?"""

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.outgoing import SentTold
from shared.contracts.reminders import ContactSent, Why
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, LEO, NOON

PLACE = "/clients/c-1/messages/m-1"
EVIL = "<p onclick='x()'>Seven <script>alert(1)</script></p>"
WENT = ContactSent(
    contact_id="m-1", occurrence_id="o-1", client_id="c-1", rule_id="welcome", rule_version=1,
    purpose="welcome", channel="email", due_at=NOON, at=NOON,
    why=Why(event_id="e-1", text="The message was handed over and accepted."),
)  # fmt: skip


@pytest.fixture
async def written(site: Site) -> Site:
    """A client who was written to."""
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(WENT)
    site.memory.outgoing.went["m-1"] = SentTold(
        contact_id="m-1", known=True, state="sent", channel="email", address="a@example.com",
        subject_line="Welcome", text=EVIL, html=EVIL, at="2026-03-02T12:00:00+00:00",
        with_others=1,
    )  # fmt: skip
    return site


async def test_the_line_leads_to_the_words_as_they_went(written: Site) -> None:
    leo = await written.as_person(LEO)
    assert f'href="{PLACE}"' in (await leo.get("/clients/c-1")).text
    text = (await leo.get(PLACE)).text
    for said in ("Welcome", "a@example.com", "1 more message", "&lt;script&gt;alert(1)"):
        assert said in text, said
    assert "<script>alert" not in text


async def test_how_it_looked_is_a_page_that_may_do_nothing(written: Site) -> None:
    answer = await (await written.as_person(LEO)).get(f"{PLACE}/look")
    assert answer.text == EVIL
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert policy[:2] == ["sandbox", "default-src 'none'"]
    assert not [each for each in policy if each.startswith(("script-src", "connect-src"))]
    assert {"form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", [PLACE, f"{PLACE}/look"])
async def test_what_is_not_kept_refused_or_away_is_said(written: Site, place: str) -> None:
    leo = await written.as_person(LEO)
    outgoing = written.memory.outgoing
    outgoing.away = True
    assert (await leo.get(place)).status_code == 503
    outgoing.away = False
    outgoing.went.clear()
    assert (await leo.get(place)).status_code == 404


async def test_who_is_refused_by_reminders_is_refused_here(
    written: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no(*_: object) -> Refused:
        return Refused("screened", "This is behind an ethical wall.")

    monkeypatch.setattr(type(written.memory.outgoing), "sent", no)
    assert (await (await written.as_person(LEO)).get(PLACE)).status_code == 403
