"""How are figures said to people, and what is each report about?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from services.desk.domain.locations import Names, location_name
from services.desk.pages.area_words import area_name
from services.desk.pages.language import N_, Words, _, dated, decimal
from services.desk.pages.rule_words import CHANNELS, OWED, REFERRALS, RISKS, kind_label, said
from shared.contracts.reports import FigureTold

ALL = "all"


@dataclass(frozen=True, slots=True)
class About:
    """One report: its title, what it says, and which of its figures stands for it."""

    title: str
    says: str
    main: str
    column: str  # what its groups are


REPORTS: Mapping[str, About] = {
    "inquiries": About(
        N_("Inquiries"),
        N_(
            "Who asked for help in these months, how they came, and how many became clients. "
            "The share counts those that came to an end."
        ),
        "engaged",
        N_("Source"),
    ),
    "commitments": About(
        N_("Commitments kept"),
        N_(
            "Of what the firm owed in these months, the share that was done in time, by standard. "
            "What became void or is still open counts for neither."
        ),
        "kept",
        N_("Standard"),
    ),
    "satisfaction": About(
        N_("Satisfaction"),
        N_(
            "Net promoter score: the share of 9 and 10 less that of 0 to 6. CSAT: the share "
            "of 4 and "
            "5 of 5. CES: how easy it was to work with us, 1 to 7, on average. Each over its own "
            "answers."
        ),
        "nps",
        N_("Question"),
    ),
    "reviews": About(
        N_("Public reviews"),
        N_("Stars of the reviews that stand, by site and place, and how many the firm replied to."),
        "stars",
        N_("Site"),
    ),
    "responses": About(
        N_("Response times"),
        N_(
            "How long whoever rang, wrote or sent something waited for an answer, in hours "
            "in which "
            "the firm is open: half of them waited no longer than the median."
        ),
        "took",
        N_("What for"),
    ),
    "overdue": About(
        N_("Overdue tasks"),
        N_(
            "Tasks nobody had done when they were due, by kind; for one lawyer, those about their "
            "matters."
        ),
        "late",
        N_("Kind of task"),
    ),
    "concerns": About(
        N_("Causes of concerns"),
        N_(
            "What closed concerns came from, what was decided about causes that came again, "
            "and what "
            "was learned."
        ),
        "closed",
        N_("Cause"),
    ),
    "automation": About(
        N_("What was sent and held back"),
        N_(
            "What became of the messages that fell due in these months, and which question "
            "held back "
            "those that did not go."
        ),
        "sent",
        N_("Held back by"),
    ),
    "asks": About(
        N_("Who was asked for a review"),
        N_(
            "Of the clients whose turn it was, the share that was asked, by what they had answered "
            "before. It must not depend on the answer."
        ),
        "asked",
        N_("Answer"),
    ),
    "invited": About(
        N_("Who answered surveys"),
        N_("Of the clients who were asked how it went, the share that said so."),
        "answered",
        "",
    ),
}
NAMES = Words(
    {
        "received": N_("Received"),
        "engaged": N_("Became clients"),
        "first-answer": N_("First answer, median"),
        "kept": N_("Kept in time"),
        "missed": N_("Missed"),
        "nps": N_("Net promoter score"),
        "csat": N_("Satisfied (CSAT)"),
        "ces": N_("Ease (CES)"),
        "stars": N_("Stars, mean"),
        "replied": N_("Replied to"),
        "took": N_("Answered after, median"),
        "waiting": N_("Still waiting"),
        "late": N_("Overdue"),
        "closed": N_("Concerns closed"),
        "sent": N_("Sent"),
        "suppressed": N_("Not sent"),
        "deferred": N_("Still put off"),
        "failed": N_("Not delivered"),
        "unknown": N_("Outcome not known"),
        "held-back": N_("Held back"),
        "asked": N_("Asked"),
        "answered": N_("Answered"),
    }
)
BANDS = Words(
    {
        "detractor": N_("0 to 6"),
        "passive": N_("7 and 8"),
        "promoter": N_("9 and 10"),
        "no-answer": N_("No answer"),
    }
)
WAITED_FOR = Words(
    {
        "call": N_("Calls to be returned"),
        "inquiry": N_("First answers to inquiries"),
        "offer": N_("Offers to be told"),
        "document": N_("Receipts of documents"),
    }
)
GROUP_WORDS: Mapping[str, Callable[[str], str]] = {
    "inquiries": lambda group: REFERRALS.get(group) or CHANNELS.get(group) or said(group),
    "commitments": lambda group: OWED.get(group, said(group)),
    "responses": lambda group: WAITED_FOR.get(group, said(group)),
    "overdue": kind_label,
    "asks": lambda group: BANDS.get(group, group),
}
SCALES = {"nps": "nps", "stars": "stars", "ces": "ces"}
SCOPES = Words({"area": N_("Area"), "owner": N_("Lawyer"), "stage": N_("Stage")})
DIRECTION = {
    "late": -1,
    "missed": -1,
    "waiting": -1,
    "closed": -1,
    "took": -1,
    "first-answer": -1,
    "suppressed": 0,
    "deferred": 0,
    "held-back": 0,
    "received": 0,
    "sent": 0,
    "failed": -1,
    "unknown": -1,
    "asked": 0,
}
"""Whether more of it is better (1, unless it says otherwise), worse or neither."""


def value_words(figure: FigureTold, value: float | None) -> str:
    """The value as people read it; what is not there says so."""
    if figure.too_few:
        return _("too few")
    if value is None:
        return _("none")
    match figure.unit:
        case "percent":
            return f"{decimal(value, 0 if figure.n < 1000 else 1)} %"
        case "hours":
            return f"{decimal(value, 1)} h"
        case "count":
            return decimal(value, 0)
    return f"{value:+.0f}" if figure.name == "nps" else decimal(value, 1)


def interval_words(figure: FigureTold) -> str:
    """Between which two values the true one lies."""
    if figure.low is None or figure.high is None or figure.too_few:
        return ""
    low, high = _short(figure, figure.low), _short(figure, figure.high)
    return _("{low} to {high}").format(low=low, high=high)


def change_words(figure: FigureTold) -> tuple[str, str]:
    """By how much it is more or less than before, and whether that is good (a tone)."""
    if figure.value is None or figure.before is None:
        return "", ""
    by = figure.value - figure.before
    if round(by, 1) == 0:
        return _("as before"), ""
    way = _("up") if by > 0 else _("down")
    good = DIRECTION.get(figure.name, 1) * (1 if by > 0 else -1)
    amount = {
        "percent": _("{points} points").format(points=decimal(abs(by), 0)),
        "hours": f"{decimal(abs(by), 1)} h",
        "count": decimal(abs(by), 0),
    }.get(figure.unit, decimal(abs(by), 1))
    return f"{way} {amount}", {1: "ok", -1: "warn", 0: ""}[good]


def name_words(figure: FigureTold) -> str:
    """What the figure is called."""
    return NAMES.get(figure.name, said(figure.name))


def group_words(report: str, group: str, locations: Names = MappingProxyType({})) -> str:
    """What a group of a report is called: a standard, a source, a cause, where reviews stand."""
    if group in (ALL, "took"):
        return _("All")
    if report == "reviews":
        site, _slash, location = group.partition("/")
        return standing_at(site, location, locations)
    words = GROUP_WORDS.get(report, said)(group)
    return words[:1].upper() + words[1:]


def standing_at(site: str, location: str, locations: Names) -> str:
    """A review site, and which location there."""
    called = location_name(location, locations)
    return ", ".join(each for each in (site[:1].upper() + site[1:], called) if each)


def scope_words(scope: str, names: Mapping[str, str]) -> str:
    """An area, a lawyer by name, a stage; or the whole firm."""
    kind, _colon, value = scope.partition(":")
    if not value:
        return _("The whole firm")
    called = area_name(value) if kind == "area" else names.get(value, said(value))
    return f"{SCOPES.get(kind, said(kind))}: {called}"


def month_words(month: str) -> str:
    """March 2026."""
    return dated(date.fromisoformat(f"{month}-01"), "month")


def month_short(month: str) -> str:
    """Mar."""
    return dated(date.fromisoformat(f"{month}-01"), "short-month")


def span_words(since: str, until: str) -> str:
    """A month, or from one to another."""
    if since == until:
        return month_words(since)
    return _("{since} to {until}").format(since=month_words(since), until=month_words(until))


def reason_words(reason: str) -> str:
    """Why a client may leave."""
    words = RISKS.get(reason, said(reason))
    return words[:1].upper() + words[1:]


def scale_of(figure: FigureTold) -> str:
    """On which scale a figure is drawn."""
    return SCALES.get(figure.name, figure.unit)


def _short(figure: FigureTold, value: float) -> str:
    return decimal(value, 1 if figure.name in ("stars", "ces") else 0)
