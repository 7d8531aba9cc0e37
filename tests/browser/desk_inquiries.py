"""Inquiries at the desk: one that may be told about, one that was met, one that is declined."""

from datetime import date, timedelta
from typing import Any

from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import InquiryMoved
from tests.browser.desk_day import DeskSite
from tests.desk.facts import NOON, created

CONTACT = "+49 30 5550142, jonas@example.com"
LETTER = {"subject": "Your inquiry", "body": "Dear Jonas Weber,\n\nplease see below.\n\nThe firm"}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "t-ready": ("inquiry-ready", {
        "name": "Jonas Weber", "contact": CONTACT, "practice_area": "employment",
        "others": "Nordlicht Logistik GmbH", "deadline": "2026-03-06", "letter": LETTER,
        "link": "https://pages.example/f/contact/a-long-token-that-does-not-fit-on-a-line",
    }),
    "t-met": ("inquiry-outcome", {
        "name": "Jonas Weber", "contact": CONTACT, "others": "Nordlicht Logistik GmbH",
        "client_name": "Jonas Weber", "email": "jonas@example.com", "phone": "+49 30 5550142",
        "area": "employment", "client_id": "c-1f3a", "matter_id": "m-1f3a", "story": "They owe me.",
    }),
    "t-letter": ("decline-letter", {"name": "Jonas Weber", "contact": CONTACT, "letter": LETTER}),
}  # fmt: skip
PLACES = ("/inquiries", "/inquiries?phase=lost", "/inquiries/i-1", "/inquiries/new")


def bring_inquiries(site: DeskSite) -> None:
    """What came in, and what is asked of people about it."""
    memory = site.behind.memory
    asked = InquiryReceived(
        inquiry_id="i-1", name="Jonas Weber", channel="telephone", referral="recommendation",
        deadline=date(2026, 3, 6), owner_id="leo", practice_area="employment",
        timezone="Europe/London", locale="en",
    )  # fmt: skip
    memory.office.hear(asked, id="asked", time=NOON - timedelta(days=2))
    moves = (("may-tell", None), ("met", "leo"))
    for version, (phase, by) in enumerate(moves, start=1):
        move = {"inquiry_id": "i-1", "phase": phase, "version": version, "at": NOON, "by": by}
        memory.office.hear(InquiryMoved.model_validate(move), id=f"moved-{version}")
    for task_id, (kind, shown) in KINDS.items():
        about = {"inquiry_id": "i-1"}
        memory.owners.by_task[task_id] = shown
        memory.office.hear(
            created(task_id, kind=kind, service="intake", about=about, role="lawyer",
                    priority="urgent"),
            id=f"opened-{task_id}",
        )  # fmt: skip
