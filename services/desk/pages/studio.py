"""/studio: which rules does the firm go by, and in which words does it write to its clients?

Every rule in words, along the life of what it follows; every text in each language. What a person
changes stands in their own draft until somebody else approves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.flash import shown_outcome
from services.desk.pages.language import N_, Words
from services.desk.pages.studio_asking import ask_studio, at, in_force_words
from services.desk.pages.visitor import Visitor, names_of
from shared.contracts.editions import RuleInWords, StudioTold

router = APIRouter()
STANDINGS = Words(
    {
        "shipped": (N_("As shipped"), ""),
        "changed": (N_("Yours"), "accent"),
        "added": (N_("Yours alone"), "accent"),
        "off": (N_("Off"), "warn"),
        "missing": (N_("Not written"), "warn"),
    }
)


@dataclass(frozen=True, slots=True)
class Playbook:
    """One playbook as a timeline: its rules from the earliest to the latest."""

    name: str
    rules: list[RuleInWords]

    @property
    def title(self) -> str:
        """As people say it."""
        return self.name.replace("-", " ").capitalize()


@router.get("/studio")
async def show_studio(request: Request, visit: Visitor) -> Response:
    """Every rule and text, in the person's draft or as they are in force."""
    told = await ask_studio(visit, StudioTold, ask="look")
    zone = visit.context.desk.zone
    languages = sorted({each.language for each in told.texts})
    chosen = request.query_params.get("language", "")
    language = chosen if chosen in languages else next(iter(languages), "")
    names = await names_of(visit.context, {each.by for each in told.proposals})
    return visit.page(
        "studio.html",
        told=told,
        in_force=in_force_words(told.in_force, zone),
        playbooks=playbooks_of(told.rules),
        languages=languages,
        language=language,
        texts=[each for each in told.texts if each.language == language],
        standings=STANDINGS,
        proposals=[
            (each, names.get(each.by, each.by), at(each.at, zone)) for each in told.proposals
        ],
        outcome=await shown_outcome(visit, request.query_params.get("did", "")),
    )


def playbooks_of(rules: Iterable[RuleInWords]) -> list[Playbook]:
    """The rules by their playbook, each in the order in which they come."""
    found: dict[str, list[RuleInWords]] = {}
    for each in rules:
        found.setdefault(each.playbook, []).append(each)
    return [
        Playbook(name, sorted(some, key=lambda each: (each.order, each.rule_id)))
        for name, some in sorted(found.items())
    ]
