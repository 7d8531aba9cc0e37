"""How is the intake service put together?"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from services.intake.api.cards import CARDS_REQUEST, answer_cards
from services.intake.api.checks import CHECKS_REQUEST, answer_checks
from services.intake.api.current_clients import current_clients
from services.intake.api.finds import FINDS_REQUEST, answer_finds
from services.intake.api.restrictions import RESTRICTIONS_REQUEST, answer_restrictions
from services.intake.domain.company_groups import Listed, list_firms
from services.intake.domain.firms_companies import CompaniesError, companies_of
from services.intake.domain.firms_nicknames import NicknamesError, nicknames_of
from services.intake.domain.forms import Form, FormError, form_of
from services.intake.domain.letter_texts import (
    FALLBACK,
    LetterTextError,
    LetterTexts,
    letter_texts_of,
    with_own,
)
from services.intake.domain.matching import VERSION
from services.intake.domain.nicknames import add_firms
from services.intake.due import keep_stream_clean, matters_due
from services.intake.listeners import listeners
from services.intake.ops import keep_rescreening
from services.intake.pages.links import link_makers, story_url
from services.intake.pages.own_words import intake_words
from services.intake.pages.routes import pages
from services.intake.ports import FirmConfig
from services.intake.records import RECORDS
from services.intake.settings import IntakeSettings
from services.intake.staff import deciders, views
from services.intake.storage import (
    MAPPINGS,
    MongoChecks,
    MongoFiled,
    MongoOpenMatters,
    MongoRequests,
)
from services.intake.workflow.filing import (
    all_filed_anew,
    file_anew,
    filed_anew_up_to,
    is_out_of_date,
    needs_of_filing_anew,
)
from shared.contracts import attendance, firm, intake, promises, records, restrictions, tasks
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.firm.languages import languages_in
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run
from shared.telemetry.logs import log
from shared.yaml_text import loaded

HERE = Path(__file__).parent
AT_ONCE = 500
SAYS = (
    firm.InquiryReceived.TYPE,
    intake.ConflictDetected.TYPE,
    intake.ConflictCleared.TYPE,
    intake.ConflictCheckReopened.TYPE,
    intake.InquiryMoved.TYPE,
    intake.InquirerLetterDue.TYPE,
    firm.ClientOnboarded.TYPE,
    firm.MatterOpened.TYPE,
    firm.PartyAdded.TYPE,
    restrictions.RestrictionPlaced.TYPE,
    restrictions.RestrictionLifted.TYPE,
    intake.ConsentGranted.TYPE,
    intake.ConsentWithdrawn.TYPE,
    intake.ClientPreferencesUpdated.TYPE,
    attendance.AppointmentHeld.TYPE,
    attendance.UnderstandingRequested.TYPE,
    attendance.UnderstandingConfirmed.TYPE,
    attendance.UnderstandingDisputed.TYPE,
    promises.PromiseMade.TYPE,
    records.ClientMerged.TYPE,
    records.RecordsOrdered.TYPE,
    records.RecordsEnded.TYPE,
    records.RecordsConfirmed.TYPE,
    records.RecordsAnswered.TYPE,
    records.ClientErased.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build(told: Told = AS_TOLD) -> App:
    """The service, ready to run."""
    settings = IntakeSettings(**told)
    short = read_nicknames(settings.nicknames_file) if settings.nicknames_file else {}
    alike = read_companies(settings.companies_file) if settings.companies_file else {}
    config = config_of(settings)
    return App(
        name="intake",
        title="Clientele intake",
        listeners=listeners(config),
        mappings=MAPPINGS,
        deciders=deciders(config),
        views=views(config),
        links=link_makers(settings),
        answers=[
            OwnRequest(CHECKS_REQUEST, answer_checks(config, MongoChecks), signed=True),
            OwnRequest(CARDS_REQUEST, answer_cards, signed=True),
            current_clients(MongoOpenMatters),
            OwnRequest(FINDS_REQUEST, answer_finds, signed=True),
            OwnRequest(RESTRICTIONS_REQUEST, answer_restrictions, signed=True),
        ],
        due=[matters_due(config)],
        start=partial(start, short, alike),
        loops=[
            keep_rescreening(config, MongoChecks, settings.rescreening_at),
            keep_stream_clean(MongoRequests),
        ],
        records=RECORDS,
        pages=pages(settings, read_forms(settings.forms_dir or HERE / "forms"), config),
        says=SAYS,
        again=build,
    )


def config_of(settings: IntakeSettings) -> FirmConfig:
    """What the firm has settled for all inquiries and checks."""
    letters = read_letters(settings.letters_dir or HERE / "letters")
    letters |= own_letters(settings.firm_dir, letters)
    caution = {language: words.caution for language, words in intake_words(settings).law.items()}
    return FirmConfig(
        name=settings.firm_name,
        times=settings.due_times(),
        sole_practice=settings.alone(),
        claims_kept_for=timedelta(weeks=settings.claimed_names_weeks),
        history_after=timedelta(days=settings.history_after_days),
        letters=letters,
        story_link=partial(story_url, settings),
        firm_roles=settings.firm_roles,
        retention=settings.retention(),
        caution={language: caution.get(language, caution[FALLBACK]) for language in letters},
    )


async def start(
    short: Mapping[str, frozenset[str]], alike: Mapping[str, Listed], runtime: Runtime
) -> None:
    """From now on names are compared by the firm's own short names and companies too."""
    add_firms(short)
    list_firms(alike)
    await file_all_anew(runtime)


async def file_all_anew(runtime: Runtime) -> None:
    """Before anything is checked: where the rules of names have changed, file all names by them.

    A check that would overlook what was filed by earlier rules is worse than a later one. This goes
    on where it was left, so that migrating may do it beforehand, and it may be broken off.
    """
    filed, count = MongoFiled(runtime.db), 0
    unit = await runtime.look(partial(needs_of_filing_anew, ()))
    if not is_out_of_date(unit):
        return
    last = filed_anew_up_to(unit)
    cause = Cause("urn:clientele:intake", f"filed-{VERSION}", "start", "start", None,
                  runtime.clock.now())  # fmt: skip
    while refs := await filed.after(last, AT_ONCE):
        needs = partial(needs_of_filing_anew, refs)
        await runtime.act(partial(file_anew, refs), needs, cause=cause)
        last, count = refs[-1], count + len(refs)
        log.info("names_filed_anew", count=count, version=VERSION)
    await runtime.act(all_filed_anew, partial(needs_of_filing_anew, ()), cause=cause)


def read_forms(folder: Path) -> dict[str, Form]:
    """Every inquiry form of a folder, by name; raises FormError with the file's name."""
    forms = [form_of(file.name, _read(file)) for file in sorted(folder.glob("*.yaml"))]
    return {form.name: form for form in forms}


def read_letters(folder: Path) -> dict[str, LetterTexts]:
    """Every language's letters of a folder; raises LetterTextError with the file's name."""
    shipped = {} if folder == HERE / "letters" else read_letters(HERE / "letters")
    files = sorted(folder.glob("*.yaml"))
    read = [letter_texts_of(file.name, _read(file), shipped) for file in files]
    found = {each.language: each for each in read}
    if FALLBACK not in found:
        raise LetterTextError(f"{folder}: there is no file with language: {FALLBACK}")
    return found


def own_letters(firm: Path | None, known: Mapping[str, LetterTexts]) -> dict[str, LetterTexts]:
    """The letters of the firm's folder, laid over those known; raises LetterTextError."""
    found = {}
    for language, folder in languages_in(firm).items():
        file = folder / "letters.yaml"
        if file.is_file():
            place = f"languages/{language}/{file.name}"
            found[language] = with_own(known, place, language, _read(file))
    return found


def read_nicknames(file: Path) -> dict[str, frozenset[str]]:
    """The firm's own short names; raises NicknamesError with the file's name and the line."""
    try:
        return nicknames_of(file.name, file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as wrong:
        raise NicknamesError(
            f"CLIENTELE_NICKNAMES_FILE: {file} cannot be read as UTF-8 text"
        ) from wrong


def read_companies(file: Path) -> dict[str, Listed]:
    """The firm's companies that belong together; CompaniesError with the file and the line."""
    try:
        return companies_of(file.name, file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as wrong:
        raise CompaniesError(
            f"CLIENTELE_COMPANIES_FILE: {file} cannot be read as UTF-8 text"
        ) from wrong


def _read(file: Path) -> Any:
    try:
        return loaded(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise FormError(f"{file.name}: this is not YAML") from wrong


if __name__ == "__main__":
    run("intake", build)
