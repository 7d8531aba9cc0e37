"""Does a task about an inquiry give whoever has it what they have to send?"""

import pytest

from tests.desk.browsing import Site
from tests.desk.facts import LEO, created

LETTER = {"subject": "Your inquiry", "body": "Dear Zoe,\n\nplease see below."}


@pytest.mark.parametrize("kind", ["decline-letter", "inquiry-ready"])
async def test_the_letter_is_ready_to_send_to_the_address_they_gave(site: Site, kind: str) -> None:
    about = {"inquiry_id": "i-1"}
    site.memory.office.hear(created(kind=kind, service="intake", about=about, role="lawyer"))
    shown = {"name": "Zoe Bauer", "contact": "+49 30 1, zoe@example.com", "letter": LETTER}
    site.memory.owners.shown = shown | {"link": "https://pages.test/f/contact/x"}
    page = (await (await site.as_person(LEO)).get("/tasks/t-1")).text
    mail = "mailto:zoe@example.com?subject=Your%20inquiry&amp;body=Dear%20Zoe%2C%0D%0A%0D%0Aplease"
    assert mail in page
    assert "Zoe Bauer" in page


async def test_whoever_was_met_is_shown_with_what_they_named(site: Site) -> None:
    about = {"inquiry_id": "i-1"}
    created_task = created(kind="inquiry-outcome", service="intake", about=about, role="lawyer")
    site.memory.office.hear(created_task)
    site.memory.owners.shown = {
        "name": "Zoe Bauer", "contact": "+49 30 1", "deadline": "4 April 2026",
        "others": "Jan Kral", "story": "A flat.",
    }  # fmt: skip
    page = (await (await site.as_person(LEO)).get("/tasks/t-1")).text
    for words in ("Zoe Bauer", "tel:+49301", "4 April 2026", "Jan Kral", "A flat."):
        assert words in page
