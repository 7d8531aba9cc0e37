"""How is one thing behind a figure said in a sentence?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from services.desk.domain.locations import Names
from services.desk.pages.inquiry_words import PHASE_WORDS, source_words
from services.desk.pages.language import N_, Words, _, midway
from services.desk.pages.report_words import BANDS, WAITED_FOR, group_words, standing_at
from services.desk.pages.rule_words import kind_label, said
from services.desk.pages.words import exactly
from shared.contracts.reports import RowTold

OUTCOMES = Words(
    {
        "met": N_("done in time"),
        "missed": N_("not done in time"),
        "voided": N_("not owed any more"),
        "open": N_("not done yet"),
    }
)
FATES = Words(
    {
        "sent": N_("Sent"),
        "suppressed": N_("Not sent"),
        "deferred": N_("Put off"),
        "failed": N_("Not delivered"),
        "unknown": N_("Outcome not known"),
    }
)
DETRACTOR, PROMOTER = 6, 9
ANOTHER = "other"  # a word that figures do not keep
Told = Mapping[str, str]


def row_words(
    report: str, row: RowTold, zone: ZoneInfo, locations: Names = MappingProxyType({})
) -> str:
    """The thing in a sentence, without names or anybody's own words."""
    if report == "reviews":
        return _review(row.said, locations)
    return SENTENCES[report](row.said, zone)


def _commitment(told: Told, _zone: ZoneInfo) -> str:
    owed = group_words("commitments", told.get("standard", ""))
    return f"{owed}: {OUTCOMES[told.get('outcome', 'open')]}"


def _inquiry(told: Told, _zone: ZoneInfo) -> str:
    phase = PHASE_WORDS.get(told.get("phase", "new"), told.get("phase", ""))
    return f"{source_words(told.get('channel', ''), told.get('referral', ''))}: {phase}"


def _response(told: Told, zone: ZoneInfo) -> str:
    what = WAITED_FOR.get(told.get("kind", ""), "")
    return f"{what}: {_answered(told.get('answered_at'), zone)}"


def _review(told: Told, locations: Names) -> str:
    replied = _("replied to") if told.get("replied_at") else _("not replied to")
    known = {name: told.get(name) or "" for name in ("site", "location_id")}
    location = "" if known["location_id"] == ANOTHER else known["location_id"]
    where = standing_at(known["site"], location, locations)
    return _("{told} stars on {told2}, {replied}").format(
        told=told.get("stars", "?"), told2=where, replied=replied
    )


def _concern(told: Told, _zone: ZoneInfo) -> str:
    return f"{said(told.get('cause_code', ''))}: {midway(said(told.get('outcome', '')))}"


def _ask(told: Told, _zone: ZoneInfo) -> str:
    asked = _("asked for a review") if told.get("asked") else _("not asked for a review")
    return f"{BANDS[_band(told.get('score'))]}: {asked}"


def _invited(told: Told, _zone: ZoneInfo) -> str:
    return _("Answered") if told.get("answered") else _("Asked, and has not answered")


def _answered(at: str | None, zone: ZoneInfo) -> str:
    return (
        _("answered {exactly}").format(exactly=exactly(datetime.fromisoformat(at), zone))
        if at
        else _("not answered yet")
    )


def _answers(told: Told, _zone: ZoneInfo) -> str:
    parts = (("nps", "{} of 10"), ("csat", "satisfied {} of 5"), ("ces", "ease {} of 7"))
    return ", ".join(words.format(told[name]) for name, words in parts if told.get(name))


def _fate(told: Told, _zone: ZoneInfo) -> str:
    fate = f"{FATES.get(told.get('outcome', ''), '')}: {midway(said(told.get('purpose', '')))}"
    held = told.get("gate") or told.get("reason")
    return f"{fate} ({midway(said(held))})" if held else fate


def _band(score: str | None) -> str:
    if score is None:
        return "no-answer"
    if int(score) >= PROMOTER:
        return "promoter"
    return "detractor" if int(score) <= DETRACTOR else "passive"


SENTENCES: Mapping[str, Callable[[Told, ZoneInfo], str]] = {
    "commitments": _commitment,
    "inquiries": _inquiry,
    "responses": _response,
    "satisfaction": _answers,
    "overdue": lambda told, _: kind_label(told.get("kind", "")),
    "concerns": _concern,
    "automation": _fate,
    "asks": _ask,
    "invited": _invited,
}
