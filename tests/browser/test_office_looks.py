"""Are pages about what is owed, letters, appointments and words of clients open to everybody?"""

from datetime import date, timedelta
from typing import Any

from playwright.async_api import Browser, Page, expect

from shared.contracts.cards import CardTold, MatterTold
from shared.contracts.commitments import CommitmentMade
from shared.contracts.deadlines import DeadlineSet
from shared.contracts.reviews import AskedRow, PlaceRow, ReviewRow, ReviewsListed
from shared.contracts.tasks import About
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import LOOKS, Look
from tests.desk.facts import NOON, PAT, created

CLIENT_ID, MATTER_ID = "c-1001", "m-2001"
TEXT = "Dear Eleanor Marsh,\n\nwe win for you, [name].\n\nKind regards"
HINTS = [
    {"rule": "unfilled", "phrase": "[name]", "message": "this is still to be filled in",
     "suggestion": "the name", "refuses": True},
    {"rule": "outcome", "phrase": "we win", "message": "this promises an outcome",
     "suggestion": "", "refuses": False},
]  # fmt: skip
WORDS = "They always called back and explained every step."
TASKS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "t-o-letter": ("letter-approval", "reminders", {
        "letter": "Engagement letter", "name": "Eleanor Marsh", "text": TEXT, "hints": HINTS,
        "subject": "Your instructions", "author": "Lena", "recipient": "Eleanor Marsh",
        "pieces": [{"text": TEXT[:21], "hints": []}, {"text": "we win", "hints": [2]},
                   {"text": TEXT[27:], "hints": [1]}],
        "clauses": [{"label": "how to complain", "there": False, "source": "SRA 8.2"}],
        "channel_choices": [["email", "By e-mail"], ["post", "By post"]], "channel": "email",
    }),
    "t-o-outcome": ("appointment-outcome", "intake", {
        "name": "Eleanor Marsh", "phone": "+44 20 5550 0142", "met_at": "Mon 2 March 2026, 10:00",
    }),
    "t-o-propose": ("testimonial-proposal", "reputation", {"standing": WORDS, "text": WORDS}),
    "t-o-publish": ("testimonial-publication", "reputation", {
        "agreed": WORDS, "named": "E. M.", "text": WORDS, "proposer": "leo",
        "hints": [{"message": "what the matter was about", "phrase": "step"}],
    }),
    "t-o-remove": ("testimonial-removal", "reputation", {"elsewhere": "The brochure of 2026"}),
}  # fmt: skip
PLACES = (
    "/deadlines", "/promised", "/reviews", f"/clients/{CLIENT_ID}/testimonial",
    *(f"/clients/{CLIENT_ID}/owed?what={what}" for what in ("promise", "call", "offer",
                                                          "deadline")),
)  # fmt: skip
REVIEWS = ReviewsListed(
    rows=[
        ReviewRow(review_id="rv-1", site="google", location="berlin", stars=1, state="waiting",
                  posted_at="2026-03-01T12:00:00.000Z", text="A" + "very" * 30 + "long word.",
                  task_id="t-o-letter", url="https://reviews.example/rv-1"),
        ReviewRow(review_id="rv-2", site="avvo", location="", stars=5, state="answered",
                  posted_at="2026-02-01T12:00:00.000Z", reply="Thank you.", approved_by="leo",
                  answered_at="2026-02-02T12:00:00.000Z"),
    ],
    fitting=60,
    places=[PlaceRow(site="google", location="berlin", n=1, stars=[1, 0, 0, 0, 0], waiting=1,
                     answered=0)],
    asked=[AskedRow(site="google", n=4, last_30_days=1, last_365_days=4)],
)  # fmt: skip


def bring(site: DeskSite) -> None:
    """What is owed and runs out, what waits for people, what stands on review sites."""
    memory = site.behind.memory
    memory.reviews.told = REVIEWS
    matters = [MatterTold(matter_id=MATTER_ID, state="closed"),
               MatterTold(matter_id="m-2002", state="open")]  # fmt: skip
    memory.cards.told[CLIENT_ID] = CardTold(
        client_id=CLIENT_ID, known=True, name="Eleanor Marsh", matters=matters
    )
    memory.office.hear(
        CommitmentMade(
            commitment_id="k-o-1", standard="promise", what="document", source="The firm",
            edition="1", about=About(client_id=CLIENT_ID), made_at=NOON,
            due_at=NOON + timedelta(days=2), at=NOON, rule_id="promise", rule_version=1,
        ),
        id="e-o-owed",
    )  # fmt: skip
    memory.office.hear(
        DeadlineSet(
            deadline_id="d-o-1", client_id=CLIENT_ID, matter_id=MATTER_ID, kind="appeal",
            date=date(2026, 3, 20), source_rule="§ 517 ZPO", set_by="leo",
        ),
        id="e-o-deadline",
    )  # fmt: skip
    for task_id, (kind, service, shown) in TASKS.items():
        memory.owners.by_task[task_id] = shown
        about = {"client_id": CLIENT_ID, "matter_id": MATTER_ID}
        memory.office.hear(
            created(task_id, kind=kind, service=service, about=about, role="lawyer"),
            id=f"e-{task_id}",
        )


@LOOKS
async def test_every_page_fits_and_nothing_grave_is_found_on_it(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    bring(site)
    async with opened(chrome, **look) as page:
        await site.sign_in(page, PAT)
        for place in (*PLACES, *(f"/tasks/{each}" for each in TASKS)):
            await page.goto(f"{site.url}{place}")
            await expect(page.locator("h1")).to_be_visible()
            assert (await findings(page), await fits(page)) == ([], True), place


async def tab_to(page: Page, what: str, most: int = 120) -> None:
    """By the tab key alone."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        if await page.evaluate("what => document.activeElement?.matches(what)", what):
            return
    raise AssertionError(f"the keyboard does not reach {what}")


async def test_words_are_sought_by_keyboard_alone_on_the_smallest_phone(
    chrome: Browser, site: DeskSite
) -> None:
    bring(site)
    async with opened(chrome, width=320) as page:
        await site.sign_in(page, PAT, f"/clients/{CLIENT_ID}/testimonial")
        await tab_to(page, "form select[name=matter]")
        await tab_to(page, "form button[type=submit]")
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_contain_text("There is a task to propose the words.")
