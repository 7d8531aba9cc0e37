"""Is all that a firm's clients are told in thirteen months true, wanted, in time and explained?

A hundred invented clients in six zones (two hundred in ``make faults``), half of them of a firm
under the general profile and half under Germany's. Each is played by itself: nothing a client is
told depends on another client.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from services.reminders.app import HERE, rules_of, vocabulary
from services.reminders.domain.contact import WAITING, Contact, State
from services.reminders.domain.occurrence import State as Timer
from services.reminders.gateways.rule_files import CLOCKS, playbook_files
from services.reminders.ports import CONTACTS
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts import reminders as said
from shared.contracts.base import EventData
from shared.contracts.commitments import CommitmentMade
from shared.contracts.desk import StaffNamed
from shared.contracts.feedback import FeedbackNotRequested, FeedbackRequested
from shared.contracts.firm import MatterClosed
from shared.contracts.mail import ContactBounced
from shared.contracts.reputation import ReviewRequested
from shared.tasks import Actor
from tests.fakes.memory import MemoryService
from tests.feedback.office import new_office
from tests.reminders.model.budget import WHOLE
from tests.reminders.over_memory import MONDAY, Reminders, new_config
from tests.reminders.year.courses import COURSES, misled
from tests.reminders.year.judging import complaints
from tests.reminders.year.lives import END, CameBack, Held, Led, life_of
from tests.reminders.year.owed import misjudged, owe
from tests.reminders.year.standing import Standing

CLIENTS = 200 if WHOLE else 100
PROFILES = ("general", "germany", "england-and-wales", "us")
A_MOMENT = timedelta(seconds=1)  # before the next event, which may overtake what they say
NEUTRAL = Actor(id="s-neutral", roles=("partner",))
A_LOOK = timedelta(days=3)  # how late, at the most, the other services answer
STAFF = (
    (MONDAY, StaffNamed(staff_id="s-1", name="Ada Recht", phone="+49 30 1")),
    (MONDAY, StaffNamed(staff_id="s-2", name="Ben Recht")),
    (MONDAY + timedelta(days=120), StaffNamed(staff_id="s-2", works_here=False)),
)  # who leaves does so while matters go on


@cache
def config_of(profile: str) -> FirmConfig:
    """The firm under this profile."""
    settings = RemindersSettings(profile=profile)
    return new_config(rules_of(playbook_files(settings), vocabulary()), profile=profile)


class Year:
    """One client's thirteen months."""

    def __init__(self, number: int) -> None:
        self.life = life_of(number)
        self.profile = PROFILES[number // 6 % len(PROFILES)]
        self.owed = owe(self.life, number, self.profile)
        self.stands = Standing()
        self.wrong: list[str] = []
        self._answered = self._told = 0
        self.reminders = Reminders(config_of(self.profile))
        self.feedback: MemoryService = new_office()
        happenings = sorted((*self.life.happenings, *STAFF), key=lambda each: each[0])
        for instant, event in happenings:
            self._go_to(instant)
            self._happen(event)
        self._go_to(END)
        self.wrong += [f"{self.life.client_id}: {each}" for each in self._silences()]
        self.misjudged = list(misjudged(self.reminders, self.owed.expected))
        for complaint_id, course in self.owed.courses.items():
            self.misjudged += misled(self.feedback, course, complaint_id)

    def _happen(self, event: EventData | Held | CameBack | Led) -> None:
        if isinstance(event, Held):
            self.stands.held = event.held
            self.reminders.hold(held=event.held)
        elif isinstance(event, CameBack):
            self._come_back(event)
        elif isinstance(event, Led):
            self._lead(event)
        else:
            self.stands.hear(event)
            self.reminders.tell(event)
            self.feedback.now = self.reminders.now
            self.feedback.hear(event)

    def _lead(self, how: Led) -> None:
        """Somebody neutral decides the task that a complaint has at this instant."""
        self.feedback.now = self.reminders.now
        asked = [each for each in self.feedback.tasks(how.kind)
                 if each.about.get("complaint_id") == how.complaint_id]  # fmt: skip
        if len(asked) != 1:
            self.wrong.append(f"{how.complaint_id}: {len(asked)} tasks to {how.decision} it")
            return
        self.feedback.decide(asked[0].task_id, how.decision, dict(how.fields), actor=NEUTRAL)

    def _come_back(self, how: CameBack) -> None:
        """The letter that went last; what is wrong with an address is wrong until it is stated."""
        if not self.reminders.letters:
            return
        letter = self.reminders.letters[-1]
        bounced = ContactBounced.model_validate(
            {"contact_id": letter.contact_id, "kind": how.kind, "status": how.status,
             "at": self.reminders.now}
        )  # fmt: skip
        self.reminders.tell(bounced)
        wrong = how.status == "5.1.1" and letter.address == self.stands.client["email"]
        self.stands.address_is_wrong |= wrong

    def _go_to(self, instant: datetime) -> None:
        while self.reminders.now < instant:
            before = list(self.reminders.messages)
            for message in self.reminders.until(min(instant, self.reminders.now + A_LOOK)):
                for each in complaints(message, self.stands, before, self.profile):
                    what = f"{message.rule_id} to {message.client_id} at {message.due_at}"
                    self.wrong.append(f"{what}: {each}")
                before.append(message)
            for answer in [*self._answers()]:
                self.reminders.hear(answer, time=self.reminders.now - A_MOMENT)

    def _answers(self) -> Iterator[EventData]:
        """What feedback and reputation say to what has been announced since."""
        new = self.reminders.announced[self._answered :]
        self._answered += len(new)
        self.feedback.now = self.reminders.now
        for number, event in enumerate(new, self._answered):
            data = event.data
            if isinstance(data, said.SurveyDue | said.ConcernCheckDue):
                self.feedback.hear_event(event)
            if isinstance(data, said.ReviewAskDue):
                yield ReviewRequested(
                    request_id=f"w-{data.client_id}-{number}", client_id=data.client_id,
                    matter_id=data.matter_id, site="google",
                )  # fmt: skip
        told, self._told = self.feedback.announced[self._told :], len(self.feedback.announced)
        yield from (each.data for each in told)

    def _silences(self) -> Iterator[str]:
        """What should have been said and neither was nor has a reason."""
        contacts = self.reminders.all(CONTACTS)
        told = {each.contact_id for each in self.reminders.announced_of(said.ContactSent)}
        told |= {
            each.contact_id
            for each in self.reminders.announced_of(said.ContactSuppressed)
            if each.reason and each.why.text
        }
        for contact in contacts:
            if contact.state in WAITING:
                yield f"{contact.rule_id} still waits: {contact.reason}"
            elif contact.contact_id not in told:
                yield f"{contact.rule_id} ended as {contact.state} unexplained"
        yield from self._unsaid(contacts)
        overdue = [t for t in self.reminders.timers(Timer.PLANNED) if t.due_at < END]
        yield from (f"{timer.rule_id} never fired" for timer in overdue)

    def _unsaid(self, contacts: list[Contact]) -> Iterator[str]:
        """What stands at the end was spoken of, in a message made or not made."""
        spoken = {(each.template, value) for each in contacts for value in each.ids.values()}
        spoken |= {(str(each.anchor_at), v) for each in contacts for v in each.ids.values()}
        for name in self.stands.appointments:
            anchor = self.stands.anchor(name)
            if (str(anchor), name) not in spoken:
                yield f"nobody spoke of {name} as it stood"
            yield from self._last_word(name, anchor, contacts)
        for name in self.stands.invoices:
            if ("invoice-overdue", name) not in spoken:
                yield f"nobody reminded of {name}"
        for name in self.stands.documents:
            if ("document-chaser", name) not in spoken:
                yield f"nobody asked for {name} again"
        for name in self.stands.closed:
            if ("matter-closed", name) not in spoken:
                yield f"nobody said that {name} was closed"
        yield from self._unasked()

    def _unasked(self) -> Iterator[str]:
        """Of every closing, whether its client was asked about it or why not; once, of each."""
        closings = [each for _, each in self.life.happenings if isinstance(each, MatterClosed)]
        asked = self.feedback.announced_of(FeedbackRequested)
        why_not = self.feedback.announced_of(FeedbackNotRequested)
        dropped = self.reminders.announced_of(said.InvitationDropped)
        answers = [
            *(each for each in asked if each.stage == "closing"),
            *(each for each in why_not if each.stage == "closing"),
            *(each for each in dropped if each.rule_id == "survey-due"),
        ]
        if len(answers) != len(closings):
            yield f"{len(closings)} closings and {len(answers)} words on asking about them"
        for each in asked:
            too_late = [d for d in dropped if d.invitation == FeedbackRequested.TYPE]
            if not self._told_of(each.survey_id) and not too_late:
                yield f"nobody spoke of the survey {each.survey_id} ({each.stage})"

    def _told_of(self, survey_id: str) -> bool:
        unsaid = self.reminders.announced_of(said.ContactSuppressed)
        return any(each.survey_id == survey_id for each in unsaid) or any(
            each.ids.get("survey_id") == survey_id for each in self.reminders.all(CONTACTS)
        )

    def _last_word(self, name: str, starts: datetime, contacts: list[Contact]) -> Iterator[str]:
        """The last message that went says what stands, or the one that would have has a reason."""
        about = [each for each in contacts if each.ids.get("appointment_id") == name]
        went = [each for each in about if each.state is State.HANDED_OVER]
        last = max(went, key=lambda each: each.sent_at or MONDAY, default=None)
        stopped = [each for each in about if each.anchor_at == starts and each.reason]
        if last is not None and last.anchor_at != starts and not stopped:
            yield f"the last word on {name} is {last.anchor_at}, and {starts} stands"


@cache
def played() -> tuple[Year, ...]:
    """Everybody's year."""
    return tuple(Year(number) for number in range(CLIENTS))


def test_every_message_is_true_wanted_and_in_time_and_every_silence_has_a_reason() -> None:
    wrong = [each for year in played() for each in year.wrong]
    assert wrong == []


def test_everything_owed_is_met_missed_or_voided_exactly_once_and_none_is_missed_unseen() -> None:
    assert [each for year in played() for each in year.misjudged] == []
    outcomes = Counter(
        each for year in played() for of in year.owed.expected.values() for each in of
    )
    assert min(outcomes[each] for each in ("met", "missed", "voided")) > CLIENTS / 20


def test_a_complaint_that_was_led_otherwise_than_it_had_to_be_is_noticed() -> None:
    year = next(each for each in played() if each.owed.courses)
    ((complaint_id, course),) = year.owed.courses.items()
    other = replace(course, verified=course.verified + 1, closings=course.closings + 1)
    assert len(list(misled(year.feedback, other, complaint_id))) >= 2


def test_in_that_year_every_clock_of_every_profile_runs() -> None:
    for profile in PROFILES:
        ran = {
            each.standard
            for year in played()
            if year.profile == profile
            for each in year.reminders.announced_of(CommitmentMade)
        }
        clocks = {
            each.rule.keep.standard
            for each in rules_of([HERE / CLOCKS / f"{profile}.yaml"], vocabulary())
            if each.rule.keep is not None
        }
        assert clocks <= ran, profile


def test_in_that_year_complaints_are_led_in_every_way_to_their_end_or_to_none() -> None:
    courses = [each for year in played() for each in year.owed.courses.values()]
    assert {name for name, each in COURSES.items() if each in courses} == set(COURSES)
    checked = sum(len(y.reminders.announced_of(said.ConcernCheckDue)) for y in played())
    assert checked > CLIENTS / 10


def test_in_that_year_everything_happens_that_can_go_wrong() -> None:
    events = [event for year in played() for _, event in year.life.happenings]
    heard = Counter(event.TYPE for event in events if isinstance(event, EventData))
    assert sum(isinstance(event, Held) for event in events) > CLIENTS / 20
    assert sum(isinstance(event, CameBack) for event in events) > CLIENTS / 20
    assert min(heard.values()) > CLIENTS / 20
    assert {
        "appointment-rescheduled", "appointment-cancelled", "matter-reopened", "invoice-settled",
        "consent-withdrawn", "restriction-placed", "client-updated", "matter-stage-changed",
    } <= set(heard)  # fmt: skip


def test_in_that_year_letters_of_several_messages_go_and_messages_wait_for_them() -> None:
    letters = [each for year in played() for each in year.reminders.letters]
    assert sum(len(each.carries) > 0 for each in letters) > CLIENTS / 20
    waited = [
        each
        for year in played()
        for each in year.reminders.announced_of(said.ContactDeferred)
        if each.reason == "joins-letter"
    ]
    assert len(waited) > CLIENTS / 20


def test_in_that_year_every_message_goes_and_every_reason_for_silence_is_met() -> None:
    sent = {name for year in played() for name in year.reminders.sent_rules()}
    reasons = {reason for year in played() for _, reason in year.reminders.suppressed()}
    assert {"welcome", "appointment-day-before", "invoice-week-after", "document-chaser-3-days",
            "matter-closed", "survey-invitation", "review-ask"} <= sent  # fmt: skip
    assert {"no-channel", "withdrawn", "no-consent", "restricted-declined"} <= reasons
