"""How does the measured firm come to have a million facts behind its figures?

Some thousand of them, over two years, are made by the rules of feedback itself; the rest are these
again under other ids, each a moment later. They are kept as the service keeps them; the indexes,
which take most of the time when they grow fact by fact, are made when all are there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from pymongo import WriteConcern

from services.feedback.domain.fact import Fact, fact_id_of, recounted
from services.feedback.domain.matter import Matter
from services.feedback.domain.measures import labels_of
from services.feedback.domain.tally import Tally
from shared.calendar import FirmCalendar
from shared.clock import real_now, to_millisecond
from shared.mongo import Document
from shared.state.keys import NewKeys
from shared.state.mappings import DocumentMapping
from tests.bench.rig import Rig

DIFFERENT, RAW_AT_ONCE = 20_000, 5000
YEARS_DAYS, CLIENTS, LAWYERS = 729, 20_011, 20
NEW_LAWYER, FIRST_MESSAGES = "s-new", 5  # to whom next to nothing belongs
AREAS = ("family", "tenancy", "employment", "traffic", "inheritance")
SHARES = {
    "automation": 44, "commitments": 20, "responses": 12, "overdue": 5, "inquiries": 6,
    "invited": 4, "satisfaction": 3, "asks": 2, "reviews": 2, "concerns": 2,
}  # fmt: skip
MOMENT = timedelta(milliseconds=1)

Sums = dict[tuple[str, str, str], Counter[str]]


async def plant(rig: Rig, count: int) -> None:
    """So many facts, and their tallies."""
    sums: Sums = defaultdict(Counter)
    calendar = FirmCalendar(ZoneInfo("Europe/Berlin"))
    different = list(facts(min(count, DIFFERENT), calendar))
    for number, fact in enumerate(different):
        _add(fact, len(range(number, count, len(different))), sums)
    await _insert(rig, "facts", _again(rig.mapping("feedback", "facts"), different, count))
    tallies = (
        Tally(measure=measure, month=month, scope=scope, counts=dict(sorted(counts.items())))
        for (measure, month, scope), counts in sums.items()
    )
    mapping = rig.mapping("feedback", "tallies")
    await _insert(rig, "tallies", (document_of(mapping, each) for each in tallies))
    await rig.migrate()


async def _insert(rig: Rig, name: str, documents: Iterator[Document]) -> None:
    """Written while the next ones are made; the indexes come later."""
    collection = rig.database("feedback").collection(name)
    await collection.drop_indexes()
    collection = collection.with_options(write_concern=WriteConcern(w=1, j=False))  # not measured
    writing = None
    while some := list(islice(documents, RAW_AT_ONCE)):
        if writing is not None:
            await writing
        writing = collection.insert_many(some, ordered=False)
    if writing is not None:
        await writing


def _again(mapping: DocumentMapping[Any], different: list[Fact], count: int) -> Iterator[Document]:
    """The documents of these facts, over and over, until there are so many."""
    like = [document_of(mapping, each) for each in different]
    for number in range(count):
        again, which = divmod(number, len(like))
        fields = like[which]["d"]
        thing, by = f"{fields['measure']}-{number}", again * MOMENT
        key = fact_id_of(fields["measure"], thing)
        said = {name: value + by if isinstance(value, datetime) else value
                for name, value in fields["said"].items()}  # fmt: skip
        said["client_id"] = f"c-{number % CLIENTS}"
        own = {"fact_id": key, "thing": thing, "msg_id": f"n-{number}", "said": said}
        yield {**like[which], "_id": key, "d": {**fields, **own}}


def document_of(mapping: DocumentMapping[Any], value: Any) -> Document:
    """As the service keeps it."""
    return mapping.to_document(value, 1, None, NewKeys())  # type: ignore[arg-type]  # nothing is sealed


def _add(fact: Fact, times: int, sums: Sums) -> None:
    """What it comes to in tallies, so many times."""
    assert fact.counted is not None
    for month, scope in fact.counted.places():
        counts = sums[fact.measure, month, scope]
        for label in fact.counted.labels:
            counts[label] += times


def facts(count: int, calendar: FirmCalendar) -> Iterator[Fact]:
    """So many, all different, over two years."""
    chance, now = Random(17), to_millisecond(real_now())
    measures = chance.choices(tuple(SHARES), tuple(SHARES.values()), k=count)
    labels = {measure: labels_of(measure, calendar) for measure in SHARES}
    owners = [NEW_LAWYER, *(f"s-{n % LAWYERS}" for n in range(1, 5_000))]
    matters = [
        Matter(matter_id=f"m-{n}", practice_area=AREAS[n % len(AREAS)], owner_id=owner,
               owners=(("0", owner),))
        for n, owner in enumerate(owners)
    ]  # fmt: skip
    left = FIRST_MESSAGES
    for number, measure in enumerate(measures):
        at = now - timedelta(minutes=chance.randrange(1, YEARS_DAYS * 1440))
        matter, own = chance.choice(matters), measure == "automation" and left > 0
        matter, left = (matters[0], left - 1) if own else (matter, left)
        said = {"at": at, "client_id": f"c-{number % CLIENTS}"} | _said(measure, at, chance)
        thing = f"{measure}-{number}"
        fact = Fact(fact_id=fact_id_of(measure, thing), measure=measure, thing=thing,
                    matter_id=matter.matter_id, said=said, msg_id=f"n-{number}")  # fmt: skip
        yield recounted(fact, matter, labels[measure], calendar.zone)


def _said(measure: str, at: datetime, chance: Random) -> dict[str, Any]:
    """What was told of a thing of this measure."""
    pick, number = chance.choice, chance.randrange
    later = {"answered_at": at + timedelta(minutes=number(10, 3000))}
    outcomes = ("sent",) * 90 + ("suppressed",) * 6 + ("deferred",) * 3 + ("failed",)
    said: dict[str, dict[str, Any]] = {
        "automation": {"outcome": pick(outcomes), "gate": pick(("consent", "hours", "cap"))},
        "commitments": {"standard": pick(("return-call", "answer-inquiry", "promise")),
                        "outcome": pick(("met",) * 19 + ("missed",))},
        "responses": {"kind": pick(("call", "inquiry", "document"))} | later,
        "overdue": {"kind": pick(("call-client", "contact-gap", "conflict-check"))},
        "inquiries": {"phase": pick(("engaged", "declined", "lost", "new")),
                      "channel": pick(("web", "phone"))} | later,
        "satisfaction": {"nps": number(11), "csat": number(1, 6), "ces": number(1, 8),
                         "stage": "closing"},
        "asks": {"score": number(11), "asked": True, "sent": number(10) > 0},
        "reviews": {"stars": number(1, 6), "site": "google", "replied_at": later["answered_at"]},
        "concerns": {"cause_code": pick(("too-slow", "bill-wrong", "conduct"))},
        "invited": {"answered": number(10) < 4, "stage": "closing"},
    }  # fmt: skip
    return said[measure]
