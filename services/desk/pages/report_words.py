"""How are figures said to people, and what is each report about?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.desk.domain.inquiry_entry import CHANNELS, REFERRALS
from services.desk.domain.labels import kind_label, said
from services.desk.domain.owed_words import OWED
from services.desk.domain.reports import RISKS
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
        "Inquiries",
        "Who asked for help in these months, how they came, and how many became clients. "
        "The share counts those that came to an end.",
        "engaged",
        "Source",
    ),
    "commitments": About(
        "Commitments kept",
        "Of what the firm owed in these months, the share that was done in time, by standard. "
        "What became void or is still open counts for neither.",
        "kept",
        "Standard",
    ),
    "satisfaction": About(
        "Satisfaction",
        "Net promoter score: the share of 9 and 10 less that of 0 to 6. CSAT: the share of 4 and "
        "5 of 5. CES: how easy it was to work with us, 1 to 7, on average. Each over its own "
        "answers.",
        "nps",
        "Question",
    ),
    "reviews": About(
        "Public reviews",
        "Stars of the reviews that stand, by site and place, and how many the firm replied to.",
        "stars",
        "Site",
    ),
    "responses": About(
        "Response times",
        "How long whoever rang, wrote or sent something waited for an answer, in hours in which "
        "the firm is open: half of them waited no longer than the median.",
        "took",
        "What for",
    ),
    "overdue": About(
        "Overdue tasks",
        "Tasks nobody had done when they were due, by kind; for one lawyer, those about their "
        "matters.",
        "late",
        "Kind of task",
    ),
    "concerns": About(
        "Causes of concerns",
        "What closed concerns came from, what was decided about causes that came again, and what "
        "was learned.",
        "closed",
        "Cause",
    ),
    "automation": About(
        "What was sent and held back",
        "What became of the messages that fell due in these months, and which question held back "
        "those that did not go.",
        "sent",
        "Held back by",
    ),
    "asks": About(
        "Who was asked for a review",
        "Of the clients whose turn it was, the share that was asked, by what they had answered "
        "before. It must not depend on the answer.",
        "asked",
        "Answer",
    ),
    "invited": About(
        "Who answered surveys",
        "Of the clients who were asked how it went, the share that said so.",
        "answered",
        "",
    ),
}
NAMES = {
    "received": "Received",
    "engaged": "Became clients",
    "first-answer": "First answer, median",
    "kept": "Kept in time",
    "missed": "Missed",
    "nps": "Net promoter score",
    "csat": "Satisfied (CSAT)",
    "ces": "Ease (CES)",
    "stars": "Stars, mean",
    "replied": "Replied to",
    "took": "Answered after, median",
    "waiting": "Still waiting",
    "late": "Overdue",
    "closed": "Concerns closed",
    "sent": "Sent",
    "suppressed": "Not sent",
    "deferred": "Put off",
    "failed": "Not delivered",
    "unknown": "Outcome not known",
    "held-back": "Held back",
    "asked": "Asked",
    "answered": "Answered",
}
BANDS = {
    "detractor": "0 to 6", "passive": "7 and 8", "promoter": "9 and 10", "no-answer": "No answer",
}  # fmt: skip
WAITED_FOR = {
    "call": "Calls to be returned", "inquiry": "First answers to inquiries",
    "offer": "Offers to be told", "document": "Receipts of documents",
}  # fmt: skip
GROUP_WORDS: Mapping[str, Callable[[str], str]] = {
    "inquiries": lambda group: REFERRALS.get(group) or CHANNELS.get(group) or said(group),
    "commitments": lambda group: OWED.get(group, said(group)),
    "responses": lambda group: WAITED_FOR.get(group, said(group)),
    "overdue": kind_label,
    "asks": lambda group: BANDS.get(group, group),
    "reviews": lambda group: group.replace("/", ", "),
}
SCALES = {"nps": "nps", "stars": "stars", "ces": "ces"}
SCOPES = {"area": "Area", "owner": "Lawyer", "stage": "Stage"}
DIRECTION = {"late": -1, "missed": -1, "waiting": -1, "closed": -1, "took": -1, "first-answer": -1,
             "suppressed": 0, "deferred": 0, "held-back": 0, "received": 0, "sent": 0,
             "failed": -1, "unknown": -1, "asked": 0}  # fmt: skip
"""Whether more of it is better (1, unless it says otherwise), worse or neither."""


def value_words(figure: FigureTold, value: float | None) -> str:
    """The value as people read it; what is not there says so."""
    if figure.too_few:
        return "too few"
    if value is None:
        return "none"
    match figure.unit:
        case "percent":
            return f"{value:.0f} %" if figure.n < 1000 else f"{value:.1f} %"
        case "hours":
            return f"{value:.1f} h"
        case "count":
            return f"{value:.0f}"
    return f"{value:+.0f}" if figure.name == "nps" else f"{value:.1f}"


def interval_words(figure: FigureTold) -> str:
    """Between which two values the true one lies."""
    if figure.low is None or figure.high is None or figure.too_few:
        return ""
    return f"{_short(figure, figure.low)} to {_short(figure, figure.high)}"


def change_words(figure: FigureTold) -> tuple[str, str]:
    """By how much it is more or less than before, and whether that is good (a tone)."""
    if figure.value is None or figure.before is None:
        return "", ""
    by = figure.value - figure.before
    if round(by, 1) == 0:
        return "as before", ""
    way = "up" if by > 0 else "down"
    good = DIRECTION.get(figure.name, 1) * (1 if by > 0 else -1)
    amount = {"percent": f"{abs(by):.0f} points", "hours": f"{abs(by):.1f} h",
              "count": f"{abs(by):.0f}"}.get(figure.unit, f"{abs(by):.1f}")  # fmt: skip
    return f"{way} {amount}", {1: "ok", -1: "warn", 0: ""}[good]


def name_words(figure: FigureTold) -> str:
    """What the figure is called."""
    return NAMES.get(figure.name, said(figure.name))


def group_words(report: str, group: str) -> str:
    """What a group of a report is called: a standard, a source, a cause."""
    if group in (ALL, "took"):
        return "All"
    words = GROUP_WORDS.get(report, said)(group)
    return words[:1].upper() + words[1:]


def scope_words(scope: str, names: Mapping[str, str]) -> str:
    """An area, a lawyer by name, a stage; or the whole firm."""
    kind, _, value = scope.partition(":")
    if not value:
        return "The whole firm"
    return f"{SCOPES.get(kind, said(kind))}: {names.get(value, said(value))}"


def month_words(month: str) -> str:
    """March 2026."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def month_short(month: str) -> str:
    """Mar."""
    return f"{date.fromisoformat(f'{month}-01'):%b}"


def span_words(since: str, until: str) -> str:
    """A month, or from one to another."""
    if since == until:
        return month_words(since)
    return f"{month_words(since)} to {month_words(until)}"


def reason_words(reason: str) -> str:
    """Why a client may leave."""
    words = RISKS.get(reason, said(reason))
    return words[:1].upper() + words[1:]


def scale_of(figure: FigureTold) -> str:
    """On which scale a figure is drawn."""
    return SCALES.get(figure.name, figure.unit)


def _short(figure: FigureTold, value: float) -> str:
    return f"{value:.1f}" if figure.name in ("stars", "ces") else f"{value:.0f}"
