"""/studio/rules/{id}: should this rule act, when, until when, and with which message?

Only what is otherwise than shipped is kept. What cannot be so stands at its field, and nothing that
was typed is lost.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.studio import STANDINGS
from services.desk.pages.studio_asking import ask_studio
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from shared.contracts.editions import EditionDone, StudioTold
from shared.errors import RuleError

router = APIRouter()
ON, OFF = "on", "off"
FIELDS = Words(
    {
        "offset": (
            N_("How long before (-) or after (+)"),
            N_(
                "A number and min, h, d, w, mo or bd (business "
                "days): +7d, -2h. Counted from the instant the sentence above names."
            ),
        ),
        "time": (
            N_("At what time of day"),
            N_("Such as 10:00, by the clock of the reader. Empty: at that of the instant itself."),
        ),
        "valid-until": (
            N_("Never later than"),
            N_("Counted from the same instant: +37d. Empty: no such limit."),
        ),
        "valid-for": (
            N_("At most so much late"),
            N_("Counted from when it falls due: 7d. Empty: no such limit."),
        ),
        "message": (N_("Which message"), ""),
    }
)


@router.get("/studio/rules/{rule_id}")
async def show_rule(visit: Visitor, rule_id: str) -> Response:
    """The form."""
    return await _page(visit, rule_id, {}, {})


@router.post("/studio/rules/{rule_id}")
async def change_rule(form: Sent, rule_id: str) -> Response:
    """Keep it in the person's draft."""
    visit, typed = form.visit, form.typed.plain()
    asked: dict[str, Any] = {"ask": "edit-rule", "rule_id": rule_id}
    if typed.get("do") == "as-shipped":
        asked["as_shipped"] = True
    elif typed.get("switch") == OFF:
        asked["off"] = True
    else:
        asked["parts"] = {name: typed[name] for name in FIELDS if name in typed}
    try:
        await ask_studio(visit, EditionDone, **asked)
    except RuleError as no:
        status = 422 if no.field else 409
        return await _page(visit, rule_id, typed, {no.field or "": no.message}, status)
    said = await keep_outcome(form, _("Your draft has it. Nothing is in force by that."))
    return go(with_outcome("/studio", said) + f"#rule-{rule_id}")


async def _page(
    visit: Visit,
    rule_id: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    told = await ask_studio(visit, StudioTold, ask="look")
    rule = next((each for each in told.rules if each.rule_id == rule_id), None)
    if rule is None:
        raise ProblemError(404, _("There is no such rule."), code="unknown")
    now = OFF if rule.standing == "off" else ON
    return visit.page(
        "studio_rule.html",
        status,
        rule=rule,
        title=rule_id.replace("-", " ").capitalize(),
        standing=STANDINGS[rule.standing],
        fields=[(name, *map(retold, FIELDS[name])) for name in FIELDS if name in rule.parts],
        messages=sorted(
            {(each.message, each.message) for each in told.texts if "/" not in each.message}
        ),
        typed={**rule.parts, "switch": now, **typed},
        errors=errors,
        may_change=rule.standing != "added",
    )
