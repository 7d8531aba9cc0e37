"""How would the firm look by a draft or an edition, and how is that said otherwise?

A mail and a printed letter are made as every one is, for a client who does not exist.
"""

from base64 import b64encode
from datetime import datetime

from services.reminders.api.editions_told import Reading, in_force_told
from services.reminders.api.editions_values import Values
from services.reminders.domain.edition import Edition
from services.reminders.domain.edition_files import hash_of
from services.reminders.domain.edition_looks import (
    COLOURS,
    logo_elsewhere,
    looks_of,
    with_looks,
)
from services.reminders.domain.edition_pictures import in_base64
from services.reminders.domain.message_preview import NAMES, SAMPLE, preview
from services.reminders.ports import PaperLetter
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from shared.contracts.editions import DRAFT, EditionsAsked, LooksShown, LooksTold
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.firm.dates import written_out
from shared.firm.looks import Looks
from shared.state.unit_of_work import UnitOfWork

MAIL, LETTER = "survey-invitation", "welcome"  # the messages that are shown: one has a button


async def looks_told(
    config: FirmConfig, reading: Reading, edition: Edition, asked: EditionsAsked,
    unit: UnitOfWork, *, by_folder: bool,
) -> LooksTold:  # fmt: skip
    """How it looks, and a mail or a letter where that is to be seen."""
    found = looks_of(edition.files)
    told = LooksTold(
        in_force=in_force_told(config, unit, by_folder=by_folder),
        edition=str(edition.number) if edition.number else DRAFT,
        state=edition.state.value,
        looks=_shown(found),
        before=_shown(looks_of(edition.base_files)),
        seen=_seen(found),
        elsewhere=logo_elsewhere(edition.files),
    )
    if asked.shows is None:
        return told
    rules, language = await reading(edition.files), asked.language or config.wording.fallback
    if asked.shows == "mail":
        return told.model_copy(update={"mail": _mail(config, rules, language, unit.now)})
    return told.model_copy(update={"letter": _letter(config, rules, language, unit.now)})


async def edited_looks(
    values: Values, runtime: Runtime, asked: EditionsAsked, draft: Edition
) -> tuple[dict[str, str | None], dict[str, str]]:
    """The files as they are to be; RuleError at the colour or the logo that cannot be so."""
    said = {place: typed for place, typed in asked.values.items() if place in COLOURS}
    shown = {place: text for place, text in asked.values_seen.items() if place in COLOURS}
    changes_logo = asked.picture is not None or asked.as_shipped
    if changes_logo and asked.seen not in (None, _seen(looks_of(draft.files))):
        raise RuleError("The logo was changed meanwhile, in another window: look at it, and "
                        "change it again.",
                        code="changed-meanwhile", field="logo")  # fmt: skip
    after = with_looks(draft.files, said, asked.picture, without=asked.as_shipped, seen=shown)
    await values.check(runtime, after, None)
    differ = {each for each in {*after, *draft.files} if after.get(each) != draft.files.get(each)}
    return (
        {each: after.get(each) for each in differ},
        {each: hash_of({each: draft.files.get(each, "")}) for each in differ},
    )


def _shown(looks: Looks) -> LooksShown:
    logo = looks.logo
    return LooksShown(
        logo=in_base64(logo), width=logo.width if logo else 0, height=logo.height if logo else 0,
        colour=looks.light, colour_dark=looks.dark,
    )  # fmt: skip


def _seen(looks: Looks) -> str:
    return hash_of({"logo": in_base64(looks.logo)})


def _mail(config: FirmConfig, rules: FirmRules, language: str, now: datetime) -> str:
    worded = preview(rules.wording, MAIL, language, config.firm.zone, now, _firm(config))
    return rules.wording.looks.mail_within(worded.html)


def _letter(config: FirmConfig, rules: FirmRules, language: str, now: datetime) -> str | None:
    """The same words on paper."""
    if rules.letters.printer is None:
        return None
    worded = preview(
        rules.wording, LETTER, language, config.firm.zone, now, _firm(config), on_paper=True
    )
    lines = [config.signature.get(each, "") for each in ("firm_address", "firm_phone")]
    paper = PaperLetter(
        sender=config.name,
        sender_lines=tuple(each for each in lines if each),
        recipient=f"{NAMES.get(language, SAMPLE)}\nHauptstr. 1\n10115 Berlin",
        day=written_out(config.firm.calendar.day_of(now), worded.locale, "long"),
        subject_line=worded.subject_line,
        text=worded.text,
        locale=worded.locale.replace("_", "-"),
        made_at=now,
    )
    return b64encode(rules.letters.printer.pdf(paper)).decode("ascii")


def _firm(config: FirmConfig) -> dict[str, str]:
    return {"firm": config.name, **config.signature}
