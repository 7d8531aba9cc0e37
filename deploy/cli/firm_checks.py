"""Would every service start with this folder, and do what the firm means?

Each service reads the folder as it does at its start; what it would not start with is a mistake,
what it would take otherwise than the firm may think is a remark.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from deploy.cli.commands.playbook import read_all
from deploy.cli.firm_rules import (
    decisions_nobody_makes,
    kinds_nobody_decides,
    roles_nobody_has,
)
from deploy.cli.firm_values import SETTINGS, values
from services.desk import app as desk
from services.feedback import app as feedback
from services.feedback.settings import SHIPPED_CONCERNS, FeedbackSettings
from services.gateway import app as gateway
from services.gateway.gateways.list_mappings import every_mapping, read_mapping
from services.intake import app as intake
from services.reminders import app as reminders
from services.reminders.domain.unwritten import messages_of, unwritten
from services.reminders.gateways.letter_files import read_letters
from services.reminders.gateways.rule_files import files_in, playbook_files
from services.reminders.settings import RemindersSettings
from services.reputation import app as reputation
from shared.errors import ClienteleError
from shared.firm.folder import FirmFolderError, Said
from shared.firm.languages import languages_in
from shared.firm.page_words import read_pages
from shared.firm.setting_source import complaints, overruled, said_in
from shared.process.app import App
from shared.web.language import SHIPPED
from shared.web.own_languages import COMMON
from shared.yaml_text import line_of

PAGES = {
    "intake": ("areas", "inquiry", "law", "preferences"),
    "feedback": ("survey",),
    "reputation": ("testimonial",),
}
BUILDS: Mapping[str, Callable[[], App]] = {
    "intake": intake.build,
    "reminders": reminders.build,
    "feedback": feedback.build,
    "reputation": reputation.build,
    "desk": desk.build,
    "gateway": gateway.build,
}


@dataclass(slots=True)
class Checked:
    """What was found."""

    mistakes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def check_folder() -> Checked:
    """Every mistake across the services, for the folder the environment names."""
    try:
        said = said_in()
    except FirmFolderError as broken:
        return Checked(mistakes=list(broken.mistakes))
    mistakes = dict.fromkeys(each for name in SETTINGS for each in _mistakes_of(name, said))
    mistakes |= dict.fromkeys(_mappings())
    if not mistakes:
        mistakes |= dict.fromkeys(_letters())
    remarks = dict.fromkeys(
        each for settings in SETTINGS.values() for each in overruled(settings, said)
    )
    if not mistakes:
        remarks |= dict.fromkeys([*_samples(said), *_texts(), *_pages(), *_roles(said)])
    return Checked(list(mistakes), list(remarks))


def _mistakes_of(service: str, said: Mapping[str, Said]) -> Iterator[str]:
    try:
        settings = SETTINGS[service]()
        if isinstance(settings, RemindersSettings):
            yield from read_all(playbook_files(settings))[1]
        BUILDS[service]()
    except ValidationError as invalid:
        yield from complaints(invalid, said) or [f"{service}: {invalid}"]
    except ClienteleError as broken:
        yield from broken.message.splitlines()
    except (OSError, ValueError) as broken:
        yield f"{service}: {broken}"


def _mappings() -> Iterator[str]:
    """What no list could be imported with; no service reads it, so none is kept from starting."""
    for file in every_mapping():
        try:
            read_mapping(file)
        except ClienteleError as broken:
            yield from broken.message.splitlines()


def _letters() -> Iterator[str]:
    """Steps of concerns at which a letter is to go that the firm does not have."""
    settings, reading = FeedbackSettings(), RemindersSettings()
    kinds = read_letters(files_in(reading.firm_dir), reading.profile).kinds
    file = settings.concerns_file or SHIPPED_CONCERNS
    for kind, letters in settings.procedure().letters.items():
        for step, letter in letters.items():
            if letter not in kinds:
                line = line_of(file.read_text("utf-8"), ("letters", kind, step))
                at = f"{file.name}:{line}: letters.{kind}.{step}"
                yield (
                    f"{at}: there is no letter {letter}; say it in letters/letters.yaml, or name "
                    f"one of: {', '.join(sorted(kinds))}"
                )


def _samples(said: Mapping[str, Said]) -> Iterator[str]:
    for each in values(said):
        if each.sample:
            yield f"{each.place} is still a sample: {each.value}; no client is written to with it"


def _texts() -> Iterator[str]:
    """Which messages go in another language than their reader's, and which texts nobody sends."""
    settings = RemindersSettings()
    wording = reminders.read_wording(settings)
    rules, _ = read_all(playbook_files(settings))
    sent = [each.rule for each in rules]
    lacking: dict[str, list[str]] = {}
    for message, language in unwritten(sent, wording):
        lacking.setdefault(language, []).append(message)
    for language, messages in lacking.items():
        missing = ", ".join(messages)
        yield f"languages/{language}/messages lacks {missing}: these go in {wording.fallback}"
    for message in sorted(wording.messages - messages_of(sent)):
        yield f"no rule sends {message}: its text is never read"


def _roles(said: Mapping[str, Said]) -> Iterator[str]:
    rules, _ = read_all(playbook_files(RemindersSettings()))
    yield from roles_nobody_has(rules)
    yield from kinds_nobody_decides(said)
    yield from decisions_nobody_makes(said)


def _pages() -> Iterator[str]:
    """Which pages the readers of a language of the firm's own see in English."""
    firm = RemindersSettings().firm_dir
    known = read_pages(firm)
    for language in languages_in(firm).keys() - SHIPPED.keys():
        said = known[language].groups if language in known else {}
        for service, groups in PAGES.items():
            if missing := [each for each in (*COMMON, *groups) if each not in said]:
                yield (
                    f"languages/{language}/pages.yaml lacks {', '.join(missing)}: its readers see "
                    f"the pages of {service} in English"
                )
