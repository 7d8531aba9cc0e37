"""What is an invented client owed in that year, and what has to become of it?

Told apart from the rules it judges: each thing is kept, late, never done or not owed any more by a
span nobody can mistake, whatever the weekday or the season. Always the same for the same seed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shared.contracts import commitments, concerns, deadlines, promises, records
from shared.contracts.base import EventData
from shared.contracts.tasks import TaskCreated
from tests.fakes.memory import MemoryService
from tests.filled_in import usual
from tests.reminders.year.courses import COURSES, Course
from tests.reminders.year.lives import END, Led, Life

ENDS = {
    each.TYPE: name
    for each, name in (
        (commitments.CommitmentMet, "met"),
        (commitments.CommitmentMissed, "missed"),
        (commitments.CommitmentVoided, "voided"),
    )
}
SAID = (
    commitments.CommitmentMade,
    commitments.CommitmentMet,
    commitments.CommitmentMissed,
    commitments.CommitmentVoided,
)
LAST = END - timedelta(days=120)  # everything is over before the year is
DAY = timedelta(days=1)


@dataclass
class Owing:
    """The things owed to one client, each with what has to become of it."""

    life: Life
    chance: Random
    expected: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by the id of the thing
    courses: dict[str, Course] = field(default_factory=dict)  # of complaints, by their id
    of_country: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """By profile, where its law has clocks of its own: the same."""

    def when(self) -> datetime:
        """Some instant of the year."""
        begin = self.life.happenings[0][0]
        days = self.chance.randint(5, (LAST - begin).days)
        return begin + timedelta(days=days, minutes=self.chance.randint(0, 1400))

    def say(self, instant: datetime, said: EventData | Led) -> None:
        """This happens then."""
        self.life.happenings.append((instant.replace(microsecond=0), said))


def owe(life: Life, number: int, profile: str) -> Owing:
    """Put what the client is owed into their year, and what has to become of each thing."""
    owing = Owing(life, Random(f"owed-{number}"))
    for count in range(owing.chance.randint(0, 2)):
        _promise(owing, f"p-{number}-{count}")
        _call(owing, f"k-{number}-{count}")
    if owing.chance.random() < 0.5:
        _offer(owing, f"o-{number}")
    if owing.chance.random() < 0.5:
        _deadline(owing, f"f-{number}")
    if owing.chance.random() < 0.4:
        _complaint(owing, f"x-{number}")
    if owing.chance.random() < 0.3:
        _data_request(owing, f"q-{number}")
    life.happenings.sort(key=lambda each: each[0])
    owing.expected |= {
        id: outcomes for id, by in owing.of_country.items() if (outcomes := by.get(profile))
    }
    return owing


def _promise(owing: Owing, id: str) -> None:
    made, client = owing.when(), owing.life.client_id
    due = made + owing.chance.randint(3, 20) * DAY
    owing.say(made, promises.PromiseMade(promise_id=id, client_id=client, what="update", due_at=due,
                                         by="s-1", at=made))  # fmt: skip
    if owing.chance.random() < 0.3:
        due += 10 * DAY
        owing.say(made + DAY, promises.PromiseMoved(promise_id=id, client_id=client, due_at=due,
                                                    client_told=True))  # fmt: skip
    how = owing.chance.choice(("met", "late", "never"))
    at = due - DAY if how == "met" else due + 2 * DAY
    if how != "never":
        owing.say(at, promises.PromiseKept(promise_id=id, client_id=client, at=at))
    owing.expected[id] = ("met" if how == "met" else "missed",)


def _call(owing: Owing, id: str) -> None:
    at, how = owing.when(), owing.chance.choice(("met", "late", "never", "not reached"))
    ids = {"call_id": id, "client_id": owing.life.client_id}
    owing.say(at, promises.CallRequested(**ids, purpose="question", at=at))
    back = at + (timedelta(hours=1) if how in ("met", "not reached") else 9 * DAY)
    if how != "never":
        reached = how != "not reached"
        owing.say(back, promises.CallReturned(**ids, reached=reached, at=back))
    owing.expected[id] = ("met" if how == "met" else "missed",)


def _offer(owing: Owing, id: str) -> None:
    at, client = owing.when(), owing.life.client_id
    owing.say(at, promises.OfferReceived(offer_id=id, client_id=client, matter_id=f"m-{id}", at=at))
    met = owing.chance.random() < 0.5
    told = at + timedelta(hours=3 if met else 40)
    owing.say(told, promises.OfferConveyed(offer_id=id, client_id=client, channel="phone", at=told))
    owing.expected[id] = ("met" if met else "missed",)


def _deadline(owing: Owing, id: str) -> None:
    at, how = owing.when(), owing.chance.choice(("met", "never", "voided"))
    ids = {"deadline_id": id, "matter_id": f"m-{id}", "client_id": owing.life.client_id}
    day = (at + owing.chance.randint(12, 40) * DAY).date()
    rest = {"kind": "reply", "date": day, "source_rule": "an order", "set_by": "s-1"}
    owing.say(at, deadlines.DeadlineSet.model_validate(ids | rest))
    if owing.chance.random() < 0.3:
        day += 14 * DAY
        owing.say(at + DAY, deadlines.DeadlineMoved(**ids, date=day, by="s-1", at=at + DAY))
    ended = at + 4 * DAY
    if how != "never":
        kind = deadlines.DeadlineDone if how == "met" else deadlines.DeadlineCancelled
        owing.say(ended, kind(**ids, by="s-1", at=ended))
    owing.expected[id] = ({"never": "missed"}.get(how, how),)


def _complaint(owing: Owing, id: str) -> None:
    """Somebody neutral leads it by the tasks of feedback, well, late, twice, in vain or never."""
    at, how = owing.when(), owing.chance.choice(tuple(COURSES))
    type = owing.chance.choice(("fees", "data-protection"))
    owing.say(at, concerns.ComplaintReceived(
        complaint_id=id, client_id=owing.life.client_id, type=type, channel="phone", at=at,
    ))  # fmt: skip
    course = owing.courses[id] = COURSES[how]
    for days, kind, decision, fields in course.steps:
        owing.say(at + days * DAY, Led(id, kind, decision, usual(kind, decision, fields)))
    british = [course.answered, course.signposted]
    if type == "data-protection":
        british.append(course.acknowledged)
    owing.of_country[id] = {
        "general": (course.answered,), "england-and-wales": tuple(sorted(british))
    }  # fmt: skip


def _data_request(owing: Owing, id: str) -> None:
    at, client = owing.when(), owing.life.client_id
    owing.say(at, records.AccessRequested(request_id=id, client_id=client, at=at))
    met = owing.chance.random() < 0.5
    answered = at + (20 if met else 45) * DAY
    owing.say(answered, records.RecordsAnswered(
        request_id=id, client_id=client, asked="access", outcome="granted", at=answered,
    ))  # fmt: skip
    outcome = ("met" if met else "missed",)
    owing.of_country[id] = dict.fromkeys(("general", "germany", "england-and-wales"), outcome)


def misjudged(reminders: MemoryService, expected: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Whatever was not met, missed or voided exactly once, or not as it has to be, or unseen."""
    said = [each.data for each in reminders.announced if isinstance(each.data, SAID)]
    made = {each.commitment_id: each for each in said if each.TYPE == "commitment-made"}
    ends = [each for each in said if each.TYPE in ENDS]
    for name, count in Counter(each.commitment_id for each in ends).items():
        if count > 1:
            yield f"{name} ended {count} times"
    ended = {each.commitment_id for each in ends}
    last = {each.commitment_id: each.due_at for each in said if each.TYPE == "commitment-made"}
    yield from (f"{made[name].standard} of {made[name].about} never ended"
                for name, due_at in last.items() if due_at < END and name not in ended)  # fmt: skip
    asked = [each.data.about for each in reminders.announced if isinstance(each.data, TaskCreated)]
    for each in ends:
        if each.TYPE == "commitment-missed" and each.about not in asked:
            yield f"{each.standard} of {each.about} was missed unseen"
    found: dict[str, list[str]] = {}
    for each in ends:
        for name in each.about.model_dump(exclude_none=True).values():
            found.setdefault(str(name), []).append(ENDS[each.TYPE])
    for name, wanted in expected.items():
        if tuple(sorted(found.get(name, []))) != wanted:
            yield f"{name} is {found.get(name)} and has to be {wanted}"
