"""A week of one firm, lived once: what its systems say, and what clients answer.

Everything is said over plain NATS, answered on the pages that the mails lead to, and decided over
the desk's API. Matters were opened and closed weeks before, so that what comes weeks later comes in
this week. What came of it, each test looks up by itself.
"""

from datetime import timedelta
from typing import Any

from shared.clock import real_now
from tests.forms import hidden
from tests.journeys.firm import Firm, Json
from tests.journeys.test_client_pages import look, send, text_of
from tests.journeys.test_operations import sign_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SILENT = 30 * DAY - 30 * MINUTE  # for so long nobody has been in touch
ANSWERS = (10, 10, 9, 8, 6)  # three promoters, one passive, one detractor
NPS = "40"
AREA = "maritime"  # of those five and of nobody else
SECOND_SUNRISE = "Etc/GMT-14"  # at nine in the morning in London it is eleven at night there
NOT_REACHED = "+15005550003"  # taken by the provider of texts, and then not delivered
CAUSE = "conduct"


class Week:
    """The ids of everybody, by what they stand for, and what stood on the way."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.of: dict[str, str] = {}
        self.answering: dict[str, int] = {}  # what each client will answer
        self.began = real_now()

    async def live(self) -> None:
        """All of it."""
        await self.firm.morning()
        self.began = await self.firm.now()
        await self._first_day()
        await self.firm.advance(2 * HOUR)
        await self._surveys()
        await self._lawyer_away()
        await self.firm.advance(5 * DAY)  # two business days, whatever day it is

    async def _first_day(self) -> None:
        await self._owed()
        await self._left_alone()
        await self._closed()
        await self._written_to()
        await self._disputes()
        await self.firm.idle()

    async def _owed(self) -> None:
        """Calls, offers and promises, each once done in time and once not at all."""
        for name in ("call", "call-back", "offer", "offer-told", "promise", "promise-kept"):
            self.of[name] = await self.firm.a_client()
        at = {"at": self.began.isoformat()}
        for name in ("call", "call-back"):
            call = {"call_id": self.firm.id("call"), "client_id": self.of[name]}
            await self._say("call-requested", name, call | {"purpose": "a question"} | at)
            if name == "call-back":
                await self._say("call-returned", name, call | {"reached": True} | at)
        for name in ("offer", "offer-told"):
            offer = {"offer_id": self.firm.id("o"), "client_id": self.of[name]}
            await self._say("offer-received", name, offer | {"matter_id": self.firm.id("m")} | at)
            if name == "offer-told":
                await self._say("offer-conveyed", name, offer | {"channel": "phone"} | at)
        for name in ("promise", "promise-kept"):
            promise = {"promise_id": self.firm.id("p"), "client_id": self.of[name]}
            due = {"due_at": (self.began + 2 * DAY).isoformat(), "what": "document", "by": "s-1"}
            await self._say("promise-made", name, promise | due | at)
            if name == "promise-kept":
                await self._say("promise-kept", name, promise | at)

    async def _left_alone(self) -> None:
        """A task, an inquiry and a deadline with which nobody does anything."""
        lawyer = self.firm.connect["staff"]["lawyer"]
        self.of["task"] = await self.firm.a_client()
        due = (self.began + HOUR).isoformat()
        asked = {"title": "Send the file", "due_at": due, "about": {"client_id": self.of["task"]}}
        async with self.firm.api() as api:
            answer = await api.post("/api/v1/tasks", json=asked)
        self.of["task-id"] = answer.json()["task_id"]
        self.of["inquiry"] = self.firm.id("i")
        inquiry = {"inquiry_id": self.of["inquiry"], "name": f"Ulla Vrq{self.firm.run}"}
        reached = {"phone": "+49 30 555 0177", "channel": "phone"}
        where = {"timezone": "Europe/Berlin", "locale": "de"}
        await self._say("inquiry-received", "inquiry", inquiry | reached | where)
        self.of["deadline"] = await self.firm.a_client()
        self.of["deadline-matter"] = await self._matter("deadline", owner_id=lawyer)
        day = (self.began + 9 * DAY).date().isoformat()
        deadline = {"deadline_id": self.firm.id("d"), "client_id": self.of["deadline"]}
        rule = {"kind": "appeal", "date": day, "source_rule": "§ 517 ZPO", "set_by": "s-1"}
        about = {"matter_id": self.of["deadline-matter"]}
        await self._say("deadline-set", "deadline", deadline | rule | about)

    async def _closed(self) -> None:
        """Matters closed a week ago: their clients are asked how it went within an hour."""
        for number, score in enumerate(ANSWERS):
            await self._closing(f"answer-{number}", score=score)
        await self._closing("unhappy", score=3, area="family")
        await self._matter("unhappy", before=SILENT)  # another one, which stays open
        await self._closing("sensitive", area="family")
        restriction = {"restriction_id": self.firm.id("r"), "client_id": self.of["sensitive"]}
        kind = {"kind": "sensitivity", "scope": "client", "effect": "person-first"}
        said = restriction | kind | {"at": self.began.isoformat()}
        await self._say("restriction-placed", "sensitive", said)

    async def _closing(self, name: str, *, score: int | None = None, area: str = AREA) -> None:
        client_id = self.firm.id("c")
        self.of[name] = client_id
        where = {"timezone": "Europe/London", "locale": "en", "email": f"{client_id}@example.com"}
        called = {"name": f"Yrsa Nbw{client_id.replace('-', '')}"}
        await self._say("client-onboarded", name, {"client_id": client_id, **called, **where})
        matter_id = await self._matter(name, before=60 * DAY, practice_area=area)
        closed = {"client_id": client_id, "matter_id": matter_id}
        for minutes in (30, 31):  # told twice, a moment apart
            at = self.began - 7 * DAY + minutes * MINUTE
            said = closed | {"closed_at": at.isoformat()}
            await self._say("matter-closed", name, said, time=at.isoformat())
        if score is not None:
            self.answering[client_id] = score

    async def _written_to(self) -> None:
        """People far away, of another language, and by text message."""
        fields: dict[str, Json] = {
            "night": {"timezone": SECOND_SUNRISE},
            "french": {"locale": "fr-FR"},
            "italian": {"locale": "it-IT"},
            "texts": {"phone": NOT_REACHED, "preferred_channel": "sms"},
        }
        for name, more in fields.items():
            self.of[name] = await self.firm.a_client(**more)
        self.of["texts-alone"] = self.firm.id("c")
        alone = {"client_id": self.of["texts-alone"], "name": f"Tove Lqz{self.firm.run}"}
        where = {"timezone": "Europe/London", "locale": "en", "preferred_channel": "sms"}
        await self._say("client-onboarded", "texts-alone", alone | where | {"phone": NOT_REACHED})
        await self._matter("texts-alone")
        await self.firm.idle()
        for name in ("night", "texts", "texts-alone"):
            about = {"client_id": self.of[name], "appointment_id": self.firm.id("a")}
            starts = (self.began + 9 * DAY).replace(hour=11).isoformat()
            when = {"starts_at": starts, "timezone": "Europe/London", "kind": "consultation"}
            await self._say("appointment-scheduled", name, about | when)
        for name in ("quiet", "spoken-to"):
            self.of[name] = await self.firm.a_client()
            await self._matter(name, before=SILENT)
        talk = {"client_id": self.of["spoken-to"], "direction": "out", "channel": "phone"}
        said = talk | {"at": (self.began - DAY).isoformat()}
        await self._say("client-contact-logged", "spoken-to", said)

    async def _disputes(self) -> None:
        """Three disputes, each settled by both sides, all of one cause."""
        staff = self.firm.connect["staff"]
        for _ in range(3):
            said = {"dispute_id": self.firm.id("dp"), "parties": "staff-staff", "by": staff["ops"]}
            sides = {"staff_ids": [staff["lawyer"], staff["assistant"]]}
            dispute_id = said["dispute_id"]
            at = {"at": self.began.isoformat()}
            await self.firm.say("dispute-opened", dispute_id, said | sides | at)
            await self.firm.idle()
            (task,) = await self._open("service-recovery", "partner")
            await self._decided(task, "told", "partner")
            for role in ("lawyer", "assistant"):
                (ask,) = [each for each in await self._open("confirm", role)
                          if each["owner_id"] == staff[role]]  # fmt: skip
                await self._decided(ask, "settled", role)
            end = {"outcome": "settled", "cause_code": CAUSE, "client_told": False}
            task = await self.firm.get(f"/api/v1/tasks/{task['task_id']}")
            await self._decided(task, "resolve", "partner", end)

    async def _surveys(self) -> None:
        """Clients follow the link in their mail and answer."""
        for client_id, score in self.answering.items():
            (mail,) = [each for each in self.firm.mails(client_id) if each["List-Unsubscribe"]]
            link = next(word for word in text_of(mail).split() if "/s/" in word)
            page = await look(link)
            assert "score" in page.text, hidden(page.text)
            answer = await send(page, score=str(score))
            assert answer.status_code == 200, answer.text
        await self.firm.idle()

    async def _lawyer_away(self) -> None:
        """A partner says that the lawyer is away from tomorrow on, and acts for them."""
        staff, today = self.firm.connect["staff"], (await self.firm.now()).date()
        browser = await sign_in(self.firm, "partner")
        page = await browser.get("/absences")
        typed = {
            "staff_id": staff["lawyer"], "since": (today + DAY).isoformat(),
            "until": (today + 10 * DAY).isoformat(), "substitute": staff["partner"],
        }  # fmt: skip
        answer = await browser.post("/absences", data=hidden(page.text) | typed,
            headers={"Origin": self.firm.connect["desk"]})  # fmt: skip
        assert answer.status_code == 303, answer.text
        await browser.aclose()
        await self.firm.idle()

    async def _matter(self, name: str, before: timedelta = MINUTE, **fields: Any) -> str:
        """A matter that was opened so long ago."""
        matter_id, at = self.firm.id("m"), (self.began - before).isoformat()
        about = {"matter_id": matter_id, "client_id": self.of[name], "practice_area": "family"}
        await self._say("matter-opened", name, about | {"owner_id": "s-1"} | fields, time=at)
        return matter_id

    async def _say(self, kind: str, name: str, data: Json, **attributes: Any) -> None:
        await self.firm.say(kind, self.of[name], data, **attributes)

    async def _open(self, kind: str, role: str) -> list[Json]:
        return await self.firm.tasks(role, state="open", kind=kind)

    async def _decided(self, task: Json, decision: str, role: str, fields: Any = None) -> None:
        answer = await self.firm.decide(task, decision, role, fields)
        assert answer.status_code == 200, answer.text
        await self.firm.idle()
