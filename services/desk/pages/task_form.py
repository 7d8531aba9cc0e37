"""Which form does a task put before a person?

Made from the fields and decisions of its kind: what is shown, what is filled in and for which
decision, and one button per decision, the main one first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.desk.api.shapes import FieldShape, TaskShape
from services.desk.pages.hit_verdicts import (
    EACH_HIT,
    FIELD,
    REST,
    HitInput,
    hit_inputs,
    verdicts_in,
)
from services.desk.pages.language import N_, _, retold
from services.desk.pages.rule_words import said
from shared.contracts.task_kinds import TASK_KINDS

MAIN = {"review-response": "approve", "letter-approval": "approve"}  # elsewhere the first one
NEEDLESS = "needless"  # what the owner of a task leaves out of its forms
GRAVE = {"decline", "no-response", "refuse"}
IN_ORDER = {"service-recovery"}  # its next step comes first, elsewhere what decides it
NOT_TYPED = ("display", EACH_HIT)  # the latter beside each hit
TITLES = {  # of forms that stand alone, by what their button says
    "Save the changed reply": N_("Change the reply"),
    "Save the changed letter": N_("Change the letter"),
    "Reported to the site": N_("Report the review to its site"),
}
ALONE = {  # decisions with a form of their own, folded away: what they need nobody else fills in
    "conflict-check": ("clear-with-waiver",),
    "call-client": ("no-more-calls",),
    "contact-gap": ("not-needed",),
    "client-check-in": ("not-needed",),
    "acknowledge-contact": ("not-needed",),
    "client-mail": ("passed-on", "nothing-to-do"),
    "inquiry-ready": ("invite", "not-taken", "lost"),
    "inquiry-outcome": ("not-taken", "lost"),
    "deadline": ("moved", "cancelled"),
    "deadline-verification": ("wrong",),
    "appointment-outcome": ("missed-by-client", "missed-by-firm"),
    "understanding-disputed": ("settled",),
    "decline-letter": ("send", "not-needed"),
    "incident-proposal": ("not-an-incident",),
    "incident-step": ("not-needed",),
    "records-request": ("refuse", "given"),
    "merge-clients": ("different",),
    "letter-approval": ("edit", "drop"),
    "letter-posting": ("not-posted",),
    "edition-approval": ("reject",),
    "service-recovery": (
        "acknowledge",
        "investigated",
        "told",
        "log-try",
        "remedy",
        "complaint",
        "signposted",
        "pass-on",
    ),
    "remedy": ("refuse",),
    "verify": ("still-unhappy", "log-try", "signposted", "no-answer"),
    "confirm": ("not-settled",),
    "review-response": ("edit", "report", "no-response"),
    "restriction-review": ("lift",),
    "review-posting": ("rejected-by-site",),
    "testimonial-proposal": ("none",),
    "testimonial-publication": ("edit", "drop"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One field to fill in."""

    id: str  # on the page: the same name may stand in several forms
    name: str
    label: str
    kind: str
    hint: str
    typed: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One button."""

    name: str
    label: str
    tone: str
    then: str
    title: str  # of a form that stands alone for it


@dataclass(frozen=True, slots=True)
class Form:
    """Fields and the decisions they belong to."""

    inputs: tuple[Input, ...]
    choices: tuple[Choice, ...]
    hits: tuple[HitInput, ...] = ()
    rest_id: str = ""  # of the box for the hits without a verdict of their own
    rest: bool = False

    def has(self, name: str) -> bool:
        """Whether this field is filled in here."""
        return any(each.name == name for each in self.inputs)

    def offers(self, decision: str) -> bool:
        """Whether this is the form of that decision."""
        return any(each.name == decision for each in self.choices)

    @property
    def title(self) -> str:
        """What it is for, where it stands alone."""
        return self.choices[0].title


Choices = tuple[tuple[str, str], ...]


def forms_of(task: TaskShape, typed: Mapping[str, str], lawyers: Choices = ()) -> list[Form]:
    """The forms of a task: one, and one more for each decision that stands alone.

    ``lawyers``: who may lead a matter, by id and name.
    """
    alone = ALONE.get(task.kind, ())
    names = [each.name for each in task.decisions]
    together = [name for name in names if name not in alone]
    groups = [together, *([name] for name in names if name in alone)]
    if task.kind in IN_ORDER:
        groups.sort(key=lambda some: names.index(some[0]) if some else 0)
    return [form for some in groups if (form := _form(task, some, typed, lawyers)).choices]


def places(forms: Iterable[Form], decision: str) -> dict[str, str]:
    """Where on the page each field stands: that of the decision, where there are several."""
    found: dict[str, str] = {}
    for form in sorted(forms, key=lambda form: form.offers(decision)):
        found |= {each.name: each.id for each in form.inputs}
        found |= {name: name + each.suffix for each in form.hits for name in each.names}
        found |= {FIELD: form.rest_id} if form.hits else {}
    return found


def filled_in(task: TaskShape, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was filled in, as the task's owner takes it; what was left empty is left out."""
    values: dict[str, Any] = {}
    for each in task.fields:
        text = typed.get(each.name, "")
        if each.kind in NOT_TYPED or not text.strip():
            continue
        values[each.name] = text == "yes" if each.kind == "yes-no" else text.replace("\r\n", "\n")
    return values | verdicts_in(typed)


def _form(task: TaskShape, some: list[str], typed: Mapping[str, str], lawyers: Choices) -> Form:
    alone = f"-{some[0]}" if some and some[0] in ALONE.get(task.kind, ()) else ""
    needless = _needless(task)
    inputs = [
        _input(each, task, some, typed, alone, lawyers)
        for each in task.fields
        if each.kind not in NOT_TYPED and _belongs(each, some)
        if each.name not in needless
    ]
    main = MAIN.get(task.kind, some[0] if some else "")
    kind = TASK_KINDS.get(task.kind)
    follows = {each.name: each.then for each in kind.decisions} if kind else {}
    choices = [
        Choice(
            each.name,
            retold(each.label),
            _tone(each.name, main),
            _then(retold(follows.get(each.name, "")), each.name in (task.second or ())),
            retold(TITLES.get(each.label, each.label)),
        )
        for each in sorted(task.decisions, key=lambda each: each.name != main)
        if each.name in some
    ]
    hits = hit_inputs(task, typed, alone)
    return Form(tuple(inputs), tuple(choices), hits, REST + alone, bool(typed.get(REST)))


def _then(follows: str, by_two: bool) -> str:
    """What follows from a decision, and whether one person is enough for it."""
    agree = _("A second person has to agree.")
    return f"{follows} {agree}".strip() if by_two else follows


def _needless(task: TaskShape) -> frozenset[str]:
    """The fields that its owner says need not be filled in this time."""
    said = next((each.value for each in task.fields if each.name == NEEDLESS), None)
    return frozenset(map(str, said)) if isinstance(said, list | tuple) else frozenset()


def _belongs(field: FieldShape, some: list[str]) -> bool:
    """A field for certain decisions stands in their form; one for all of them in each.

    Where none of its decisions is this person's, it stands nowhere.
    """
    wanted = {*field.required_for, *(field.only_for or ())}
    return not wanted or bool(wanted & set(some))


def _tone(name: str, main: str) -> str:
    if name == main:
        return "primary"
    return "danger" if name in GRAVE else ""


def _input(
    field: FieldShape,
    task: TaskShape,
    some: list[str],
    typed: Mapping[str, str],
    suffix: str,
    lawyers: Choices,
) -> Input:
    labels = {each.name: retold(each.label) for each in task.decisions}
    only = [labels[name] for name in field.required_for if name in some and name in labels]
    hint = _("Needed for “{only}”.").format(only=only[0]) if only and len(some) > len(only) else ""
    before = "" if field.value is None else str(field.value)
    return Input(
        id=field.name + suffix,
        name=field.name,
        label=retold(field.label),
        kind=field.kind,
        hint=hint,
        typed=typed.get(field.name, before),
        choices=lawyers if field.kind == "lawyer" else _choices(field, task),
    )


def _choices(field: FieldShape, task: TaskShape) -> tuple[tuple[str, str], ...]:
    """Those its owner offers for this very task, or those of its kind."""
    own = next((each for each in task.fields if each.name == f"{field.name}_choices"), None)
    if own is not None and own.value:
        return tuple((str(name), str(words)) for name, words in own.value)
    return tuple((choice, said(choice)) for choice in field.choices or ())
