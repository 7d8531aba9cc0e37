"""What stands in the way of a client, a matter or an inquiry, in one sentence each?

On top of their page, of their card and of each task about them, from what the desk itself heard: it
is there while every other service is away. Why it stands is on the page of restrictions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.desk.domain.walls import Restricted
from services.desk.pages.language import N_, Words, _
from services.desk.pages.visitor import Visit, names_of
from services.desk.pages.words import exactly
from services.desk.ports.restrictions import RESTRICTED
from shared.contracts.fields import parse_instant
from shared.contracts.restrictions import subjects_in

KINDS = Words(
    {
        "conflict": N_("Possible conflict of interest"),
        "declined": N_("The firm has declined to act"),
        "wall": N_("Ethical wall"),
        "legal-hold": N_("Legal hold"),
        "sensitivity": N_("Talk to them first"),
        "deceased": N_("The client has died"),
        "insider": N_("One of our own, or related to one"),
        "freeze": N_("Messages are stopped"),
    }
)
SENTENCES = Words(
    {
        "conflict": N_("Nothing goes out to them before it is decided."),
        "declined": N_("Nothing is sent to them any more."),
        "wall": N_("Do not speak about it with {staff}, and show them nothing."),
        "legal-hold": N_("Nothing about them may be erased or thrown away."),
        "sensitivity": N_("Nothing goes out by itself: call, also in place of a survey."),
        "deceased": N_("Write and call nobody in their name; ask who acts for the estate."),
        "insider": N_("They are asked for no review."),
        "freeze": N_("What would go out waits until it is lifted."),
    }
)
TONES = {
    "conflict": "warn",
    "legal-hold": "",
    "insider": "",
    "freeze": "warn",
    "sensitivity": "warn",
}


@dataclass(frozen=True, slots=True)
class Banner:
    """One restriction as a page says it."""

    kind: str
    title: str
    sentence: str
    about: str  # of which matter, where it is about one
    since: str
    by: str
    tone: str
    classes: str = ""


async def banners_of(visit: Visit, about: Mapping[str, str | None]) -> list[Banner]:
    """Everything that stands about something with these ids, or in the way of the whole firm."""
    desk = visit.context.desk
    subjects = (*subjects_in(about), "firm")
    unit = await desk.runtime.look(lambda _: [RESTRICTED.by("subject", each) for each in subjects])
    found = [row for each in subjects for row in unit.find(RESTRICTED, "subject", each)]
    every = {row.restriction_id: row for row in found}
    now = desk.runtime.clock.now()
    standing = [row for row in every.values() if stands(row, now)]
    people = {each for row in standing for each in (*row.staff_ids, row.by) if each}
    names = await names_of(visit.context, people)
    return [_banner(visit, row, names) for row in sorted(standing, key=_gravest_first)]


def stands(row: Restricted, now: datetime) -> bool:
    """Whether it holds now; a wall and a legal hold end with nobody's clock."""
    if not row.effect:
        return False
    timed = row.until is not None and row.effect not in ("bar", "keep")
    return not timed or now < parse_instant(row.until or "")


def named(staff: Iterable[str], names: Mapping[str, str]) -> str:
    """People in a sentence: Ann, Bob and Carla."""
    called = [names.get(each, each) for each in staff]
    between = f" {_('and')} "
    parts = filter(None, (", ".join(called[:-1]), called[-1])) if called else (_("anybody"),)
    return between.join(parts)


def _banner(visit: Visit, row: Restricted, names: Mapping[str, str]) -> Banner:
    matters = [each.partition(":")[2] for each in row.subjects if each.startswith("matter:")]
    firm = "firm" in row.subjects
    staff = named(row.staff_ids, names)
    return Banner(
        kind=row.kind,
        title=KINDS.get(row.kind, row.kind),
        sentence=SENTENCES.get(row.kind, "").format(staff=staff),
        about=_("the whole firm")
        if firm
        else _("matter {matter_id}").format(matter_id=matters[0])
        if matters
        else "",
        since=exactly(parse_instant(row.at), visit.context.desk.zone),
        by=names.get(row.by or "", row.by or ""),
        tone=TONES.get(row.kind, "danger"),
        classes=", ".join(each.replace("-", " ") for each in row.classes),
    )


def _gravest_first(row: Restricted) -> tuple[bool, str, str]:
    return row.kind in TONES, row.kind, row.restriction_id
