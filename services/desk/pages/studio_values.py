"""/studio/values: who is the firm, when is it at work, by when are things due, who decides what?

Every value of ``firm.toml``, a section at a time, in the person's draft. An empty field is as
shipped; what a service could not begin by stands at its field.
"""

from collections.abc import Iterable, Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.studio_asking import ask_studio, in_force_words
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from shared.contracts.editions import EditionDone, ValueShown, ValuesTold
from shared.errors import RuleError

router = APIRouter()
PLACE = "/studio/values"
SINGLE = "decisions"
SECTIONS = Words(
    {
        "firm": N_("The firm"),
        "office": N_("Days and hours"),
        "law": N_("Law"),
        "looks": N_("Looks"),
        "mail": N_("Mail"),
        "text_messages": N_("Text messages"),
        "contact": N_("Writing to clients"),
        "languages": N_("Languages"),
        "intake": N_("Inquiries"),
        "surveys": N_("Surveys"),
        "reviews": N_("Reviews"),
        "editions": N_("Changes of rules"),
        "desk": N_("The desk"),
        "roles": N_("Who decides what"),
        "decisions": N_("Single decisions"),
    }
)
HOW = Words(
    {
        "list": N_("Several with commas."),
        "table": N_("Such as: high = 1, low = 5."),
        "decisions": N_("Roles with commas; second-person: two people have to say it."),
        "names": N_('Such as: "accounts/1/locations/2" = Berlin.'),
    }
)


@router.get(PLACE)
async def show_values(request: Request, visit: Visitor) -> Response:
    """One section."""
    asked = request.query_params
    if asked.get("section") == "looks":
        return go("/studio/looks")
    return await _page(visit, asked.get("section", ""), {}, {}, did=asked.get("did", ""))


@router.post(PLACE)
async def change_values(form: Sent) -> Response:
    """Keep them in the person's draft."""
    typed = form.typed.plain()
    values = {name: text for name, text in typed.items() if "." in name}
    seen = {
        name.removeprefix("seen-"): text for name, text in values.items() if name[:5] == "seen-"
    }
    said = {name: text for name, text in values.items() if name not in {f"seen-{e}" for e in seen}}
    section = typed.get("section", "")
    try:
        await ask_studio(form.visit, EditionDone, ask="edit-values", values=said, values_seen=seen)
    except RuleError as no:
        status = 422 if no.field else 409
        return await _page(form.visit, section, said, {no.field or "": no.message}, status)
    outcome = await keep_outcome(form, _("Your draft has it. Nothing is in force by that."))
    return go(with_outcome(f"{PLACE}?section={section}", outcome))


async def _page(
    visit: Visit, section: str, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200, did: str = "",
) -> Response:  # fmt: skip
    told = await ask_studio(visit, ValuesTold, ask="values")
    chosen = section if section in SECTIONS else "firm"
    return visit.page(
        "studio_values.html",
        status,
        in_force=in_force_words(told.in_force, visit.context.desk.zone),
        told=told,
        sections=[(name, words, _count(told, name)) for name, words in SECTIONS.items()],
        section=chosen,
        title=SECTIONS[chosen],
        groups=_groups([each for each in told.values if each.section == chosen]),
        label=_label,
        how=HOW,
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )


def _count(told: ValuesTold, section: str) -> int:
    """How many of a section are otherwise in the draft than in force."""
    return sum(each.changed for each in told.values if each.section == section)


def _groups(values: Iterable[ValueShown]) -> list[tuple[str, list[ValueShown]]]:
    """Those of a section; single decisions below the task they are of."""
    found: dict[str, list[ValueShown]] = {}
    for each in values:
        of = each.means.partition(": ")[0] if each.section == SINGLE else ""
        found.setdefault(retold(of), []).append(each)
    return list(found.items())


def _label(value: ValueShown) -> str:
    """What it is for, as the reader says it."""
    words = retold(value.means.partition(": ")[2] if value.section == SINGLE else value.means)
    return words[:1].upper() + words[1:]
