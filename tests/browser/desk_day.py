"""A day's work at the desk, over memory: one task of each kind and of each age."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from playwright.async_api import Page

from services.desk.domain.accounts import Account
from services.desk.domain.staff import StaffMember
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.workflow import holding
from shared.contracts.envelope import Cause
from shared.contracts.firm import ClientOnboarded
from shared.contracts.tasks import About, Why
from tests.conftest import free_base
from tests.desk.browsing import PASSWORD, Site, site_at
from tests.desk.facts import LENA, LEO, NOON, PAT, completed, created, escalated
from tests.serving import served

NAMES = {
    "ash": "Ashley Cole", "clara": "Clara Novak", "lena": "Lena Fischer", "leo": "Leo Marti",
    "oskar": "Oskar Lind", "pat": "Paula Weiss",
}  # fmt: skip
CLIENTS = {
    "c-1001": "Eleanor Marsh", "c-1002": "Brauerei Sonnental GmbH", "c-1003": "Thomas Okafor",
    "c-1004": "Łukasz Wiśniewski", "c-1005": "Katharina Brandt",
}  # fmt: skip
REPLY = (
    "Thank you for taking the time to write. We read every comment and would like to understand "
    "what happened. Please call our office so that we can talk about it in confidence."
)
HINTED = "what happened"
GUARDED = {
    "language": "It is in English.",
    "url": "https://reviews.example/g-77",
    "lawyer": "not every sentence is one the firm has approved for such a review",
    "pieces": [
        {"text": piece, "hints": hints}
        for piece, hints in zip(REPLY.partition(HINTED), ([], [1], []), strict=True)
    ],
    "hints": [
        {"phrase": HINTED, "message": "a reply must not say what anything was about",
         "suggestion": "leave it out; say at most that you do not comment in public",
         "refuses": False},
    ],
    "variants": [
        {"name": "Duties prevent an answer", "lang": "en", "language": "English",
         "text": "Professional considerations do not permit us to respond here.",
         "other_language": False, "current": False},
        {"name": "Berufsrecht", "lang": "de", "language": "German",
         "text": "Aus berufsrechtlichen Gründen äußern wir uns hier nicht dazu.",
         "other_language": True, "current": False},
    ],
    "alone": "2026-03-03T10:00:00+01:00",
    "reports": "Off topic: the site keeps it.",
    "report_reason_choices": [["off-topic", "Off topic"], ["spam", "Spam"]],
}  # fmt: skip
LETTER = (
    "Dear Eleanor Marsh,\n\nYour appointment with us is on Wednesday, 4 March 2026 at 10:00.\n\n"
    "Please bring the letters you have received since we last spoke.\n\nKind regards\n"
    "Example & Partners"
)
HITS = [
    {
        "ref": "party:m-2019.p-1",
        "new_name": "Jon Smyth", "new_role": "prospective client", "known_name": "John Smith",
        "known_role_then": "adverse party", "known_role_now": "former adverse party",
        "matter_status": "closed", "client_id": None, "matter_id": "m-2019", "inquiry_id": None,
        "adversity": "adverse", "score": 92, "disposition": "open",
        "reasons": ["a similar spelling", "a short form of the same given name"],
    },
    {
        "ref": "client:c-1003",
        "new_name": "Harbour Trading Ltd", "new_role": "adverse party",
        "known_name": "Harbour Trading Limited", "known_role_then": "client",
        "known_role_now": "client", "matter_status": "open", "client_id": "c-1003",
        "matter_id": "m-2044", "inquiry_id": None, "adversity": "adverse", "score": 97,
        "reasons": ["the legal forms differ"], "disposition": "open",
    },
]  # fmt: skip

LED: dict[str, Any] = {  # how far the unhappy client's concern is
    "concern": "An unhappy client",
    "ask_complaint": "Is it a complaint?",
    "steps": [
        {"name": "acknowledged", "label": "Acknowledged", "at": "", "by": "",
         "due_at": (NOON - timedelta(hours=5)).isoformat()},
        {"name": "investigated", "label": "Looked into", "at": "", "by": "", "due_at": ""},
        {"name": "told", "label": "Told what came of it", "at": "", "by": "",
         "due_at": (NOON + timedelta(days=5)).isoformat()},
        {"name": "resolved", "label": "Closed", "at": "", "by": "",
         "due_at": (NOON + timedelta(days=12)).isoformat()},
        {"name": "verified", "label": "Checked that it is right now", "at": "", "by": "",
         "due_at": ""},
    ],
    "events": [
        {"at": (NOON - timedelta(days=1)).isoformat(), "words": "Opened (3 of 10)", "by": "",
         "text": ""},
        {"at": (NOON - timedelta(hours=1)).isoformat(), "words": "Tried, not reached",
         "by": "lena", "text": "Rang twice, no answer."},
    ],
    "outcome_choices": [["apologised", "Apologised"], ["explained", "Explained"]],
    "cause_code_choices": [
        ["not-called-back", "A call or message was not answered"],
        ["not-kept-informed", "Not kept informed"],
    ],
    "open_decisions": [
        "acknowledge", "told", "resolve", "investigated", "log-try", "remedy", "complaint",
        "pass-on",
    ],
}  # fmt: skip
Task = tuple[dict[str, Any], dict[str, Any]]
TASKS: dict[str, Task] = {
    "t-recovery": (
        {"kind": "service-recovery", "service": "feedback", "role": "lawyer", "priority": "high",
         "title": "Make it right with an unhappy client", "about": ("c-1003", "m-2044"),
         "why": ("The client gave 3 of 10.", None, None), "due": -5},
        {"score": "3 of 10", "matter_owner": "lena",
         "comment": "Nobody told me for weeks what was going on.\nI had to ring three times."}
        | LED,
    ),
    "t-call": (
        {"title": "Call the client: no message can reach them", "about": ("c-1001", "m-2001"),
         "why": ("There is no way to write to the client.", "appointment-reminder", 3), "due": 3},
        {"name": "Eleanor Marsh", "phone": "+44 20 5550 0142", "message": LETTER},
    ),
    "t-check": (
        {"kind": "conflict-check", "service": "intake", "role": "conflicts-officer",
         "title": "Decide a possible conflict of interest", "about": {"inquiry_id": "i-3107"},
         "priority": "urgent", "why": ("2 known parties may be the same.", None, None), "due": 5},
        {"name": "Jon Smyth (prospective client), Harbour Trading Ltd (adverse party)",
         "hits": HITS},
    ),
    "t-review": (
        {"kind": "review-response", "service": "reputation", "about": {"review_id": "g-77"},
         "title": "Approve the reply to a public review",
         "why": ("A review with 2 of 5 stars was received.", "answer-every-review", None),
         "due": 26},
        {"site": "google", "stars": "2 of 5", "text": REPLY,
         "review": "Friendly people, but I waited a month for an answer.\n(T. O.)", **GUARDED},
    ),
    "t-posting": (
        {"kind": "review-posting", "service": "reputation", "about": {"review_id": "g-71"},
         "title": "Post the approved reply on the site", "due": 29,
         "why": ("The reply was approved.", None, None)},
        {"site": "google", "url": "https://reviews.example/g-71", "text": REPLY},
    ),
    "t-gap": (
        {"kind": "contact-gap", "title": "Get in touch with a client nobody has spoken to",
         "about": ("c-1004", "m-2031"), "due": 74,
         "why": ("The client has an open matter and no contact was logged for 30 days.",
                 "contact-gap", 2)},
        {"name": "Łukasz Wiśniewski", "phone": "+48 22 555 01 88"},
    ),
    "t-unknown": (
        {"kind": "unknown-message", "title": "Settle whether a message went out", "due": 200,
         "about": ("c-1002", "m-2012"),
         "why": ("The mail server broke off in the middle.", "invoice-reminder", 1)},
        {"message": LETTER.replace("Eleanor Marsh", "Brauerei Sonnental"), "channel": "email"},
    ),
    "t-sleeping": (
        {"title": "Call the client about a missing document", "about": ("c-1005", "m-2050"),
         "why": ("Three reminders have gone out and the document has not come.",
                 "document-request", 4), "due": 50},
        {"name": "Katharina Brandt", "phone": ""},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class DeskSite:
    """Where the pages are, and what is behind them."""

    url: str
    behind: Site

    async def sign_in(self, page: Page, person: StaffMember, place: str = "/inbox") -> None:
        """Sign a person in as they would do it, and go there."""
        await page.goto(f"{self.url}/login?next={place.replace('&', '%26')}")
        await page.fill("#user", person.staff_id)
        await page.fill("#password", PASSWORD)
        await page.click("main button[type=submit]")


@asynccontextmanager
async def desk_site() -> AsyncIterator[DeskSite]:
    """The desk's pages in the middle of a working day."""
    port = free_base()
    url = f"http://127.0.0.1:{port}"
    site = await site_at(NOON, url=url)
    fill(site)
    async with served(site.web, port):
        yield DeskSite(url, site)


def fill(site: Site) -> None:
    """Everything that has happened so far."""
    for number, (client_id, name) in enumerate(CLIENTS.items()):
        known = ClientOnboarded(
            client_id=client_id, name=name, email=f"{client_id}@example.com",
            timezone="Europe/London", locale="en",
        )  # fmt: skip
        site.memory.office.hear(known, id=f"client-{number}")
    for task_id, (said, shown) in TASKS.items():
        _open(site, task_id, said)
        site.memory.owners.by_task[task_id] = shown
    late = escalated("t-recovery", service="feedback")
    site.memory.office.hear(late, id="escalated", time=NOON - timedelta(hours=4))
    _open(site, "t-done", {"about": ("c-1005", "m-2050"), "due": 4, "title": "Call the client",
                           "why": ("A call was asked for.", None, None)})  # fmt: skip
    site.memory.office.hear(completed("t-done", at=NOON - timedelta(hours=1)), id="done")
    for staff_id, name in NAMES.items():
        _name(site, staff_id, name)
    _do(site, "t-call", holding.claim("t-call", LEO))
    _do(site, "t-recovery", holding.assign("t-recovery", "pat", PAT), "pat")
    _do(site, "t-gap", holding.claim("t-gap", LENA))
    until = NOON + timedelta(days=2)
    _do(site, "t-sleeping", holding.snooze("t-sleeping", until, LEO, waiting=True))


def _open(site: Site, task_id: str, said: dict[str, Any]) -> None:
    changes = dict(said)
    about, (text, rule, version) = changes.pop("about"), changes.pop("why")
    if isinstance(about, tuple):
        about = {"client_id": about[0], "matter_id": about[1]}
    why = Why(event_id=f"e-of-{task_id}", rule_id=rule, rule_version=version, text=text)
    due_at = NOON + timedelta(hours=changes.pop("due"))
    data = created(task_id, about=About(**about), why=why, due_at=due_at, **changes)
    site.memory.office.hear(data, id=f"opened-{task_id}", time=NOON - timedelta(days=2))


def _do(site: Site, task_id: str, step: holding.Step, *staff_ids: str) -> None:
    id = f"did-{task_id}"
    cause = Cause("urn:clientele:desk", id, "request", id, None, NOON)
    site.memory.office.act(step, holding.task_and_staff(task_id, *staff_ids), cause)


def _name(site: Site, staff_id: str, name: str) -> None:
    cause = Cause("urn:clientele:desk", "name", "request", "name", None, NOON)

    def step(unit: Any) -> None:
        account: Account = unit.get(ACCOUNTS, staff_id)
        unit.put(ACCOUNTS, replace(account, name=name))

    site.memory.office.act(step, lambda _: [ACCOUNTS.one(staff_id)], cause)
