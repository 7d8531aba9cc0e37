"""How is the reminders service put together?"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from services.reminders.api.asking_services import ask_services
from services.reminders.api.editions import EDITIONS_REQUEST, answer_editions
from services.reminders.api.editions_values import Values
from services.reminders.api.outgoing import OUTGOING_REQUEST, answer_outgoing
from services.reminders.api.sender_checks import SENDERS_REQUEST, answer_senders
from services.reminders.api.text_messages import text_door
from services.reminders.domain.edition_files import Files
from services.reminders.domain.message_texts import FOOTER, PARTS, TextFile, texts_of
from services.reminders.domain.opinion_calls import refuse_opinion_calls
from services.reminders.domain.playbook import Playbooks, PublishedRule
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.domain.unwritten import refuse_unwritten
from services.reminders.domain.vocabulary import Vocabulary, words_of
from services.reminders.domain.wording import Wording
from services.reminders.due import (
    commitments_due,
    deadlines_due,
    drafts_due,
    due,
    letters_due,
    sender_checks_due,
)
from services.reminders.gateways.editions_in_force import EditionsInForce
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.firm_letters import firm_letters
from services.reminders.gateways.hand_overs import HandOvers
from services.reminders.gateways.letter_files import read_letters
from services.reminders.gateways.mail_server import mail_server, mail_tokens, mail_way
from services.reminders.gateways.mailbox import mailbox_watch
from services.reminders.gateways.rule_files import (
    files_in,
    message_texts,
    playbook_files,
    playbook_texts,
    shipped_texts,
)
from services.reminders.gateways.rule_reader import RuleReader
from services.reminders.gateways.simulations import SimulationRuns
from services.reminders.gateways.smtp import SmtpMailer
from services.reminders.gateways.text_channel import (
    report_paths,
    text_channel,
    text_provider,
)
from services.reminders.listeners import listeners
from services.reminders.ops.digest_plans import DIGEST_REQUEST, digest_of
from services.reminders.ops.editions import EditionsOfOps
from services.reminders.ops.sender_checks import sender_question
from services.reminders.ops.timers_and_messages import FirmSaid, Ops
from services.reminders.ports import MessageChannel
from services.reminders.records import RECORDS
from services.reminders.settings import TEXTS, RemindersSettings
from services.reminders.staff import deciders, views
from services.reminders.storage import MAPPINGS, MongoTally
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from shared.contracts.catalogue import CATALOGUE, PLAYBOOK_TYPES, PUBLISHED_BY
from shared.contracts.firm_roles import roles_of
from shared.contracts.task_kinds import TASK_KINDS
from shared.engine.runtime import Runtime
from shared.firm.edition_parts import values_of
from shared.firm.folder_in_force import for_a_look, values_in
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run

HERE = Path(__file__).parent
TO_STAFF = TEXTS / "staff"
STAFF_FALLBACK = "en"
LINKS = frozenset(
    {
        "feedback/survey",
        "intake/understanding",
        "reputation/review-ask",
        "reputation/testimonial",
    }
)


def build(told: Told = AS_TOLD) -> App:  # reason: the one place where everything is put together
    """The service, ready to run."""
    settings = RemindersSettings(**told)
    rules = rules_of(playbook_files(settings), vocabulary(settings))
    tokens = mail_tokens(settings)
    mailer = SmtpMailer(mail_server(settings, tokens))
    texts = text_provider(settings)
    ways: list[MessageChannel] = [EmailChannel(mailer), *text_channel(settings, texts)]
    config = make_config(settings, rules, ways)
    mailer.logo = lambda: config.wording.looks.logo
    config.sample_settings = () if settings.trial else settings.sample_settings()
    lacks = FirmSaid(settings.sample_settings(), settings.lacking_notices())
    mailbox = mailbox_watch(settings, config, tokens)
    ops = Ops(MongoTally, config.sample_settings, config, firm=lacks, mailbox=mailbox)
    reports = partial(report_paths, settings)
    hand_overs = HandOvers(config, mailer, settings.mail_bounce_domain, texts, reports)
    read, by_folder = partial(read_rules, settings), settings.go_by_folder
    editions = EditionsInForce(config, rules, read, by_folder=by_folder)
    reading = RuleReader(read)
    values = Values(config, reading, ask_services)

    async def start(runtime: Runtime) -> None:
        await hand_overs.start(runtime)
        await editions.start(runtime)

    return App(
        name="reminders",
        title="Clientele reminders",
        listeners=listeners(config),
        mappings=MAPPINGS,
        deciders=deciders(config),
        views=views(config),
        due=[
            *due(config, hand_overs.fired, hand_overs.hand_over, hand_overs.hand_digests),
            commitments_due(config),
            deadlines_due(config),
            letters_due(config, hand_overs.hand_letters),
            drafts_due(config),
            sender_checks_due(config, hand_overs.hand_test_mails),
        ],
        ops=[
            *ops.questions(),
            sender_question(config),
            EditionsOfOps(config, values.check).question(),
        ],
        answers=[
            OwnRequest(DIGEST_REQUEST, digest_of),
            OwnRequest(OUTGOING_REQUEST, answer_outgoing(config), signed=True),
            OwnRequest(SENDERS_REQUEST, answer_senders(config), signed=True),
            OwnRequest(
                EDITIONS_REQUEST,
                answer_editions(config, reading, message_texts, by_folder=by_folder),
                signed=True,
            ),
        ],
        figures=ops.figures,
        pages=text_door(config, reports) if texts is not None else None,
        start=start,
        loops=[
            ops.keep_measuring,
            SimulationRuns(config).keep,
            *([mailbox.watch] if mailbox is not None else []),
        ],
        records=RECORDS,
        hears_all=True,
        says=sorted(PUBLISHED_BY["reminders"]),
        again=build,
    )


def make_config(
    settings: RemindersSettings,
    published: Sequence[PublishedRule],
    channels: Sequence[MessageChannel] = (),
    files: Files | None = None,
) -> FirmConfig:
    """The firm's rules, words, policy and channels: those given, or its own that send nothing.

    ``files``: the firm's own texts; else those of its folder. PlaybookError where a rule asks for
    what the law of the firm's country forbids.
    """
    own: list[MessageChannel] = [EmailChannel(), *text_channel(settings, None)]
    folder = files_in(settings.folder_given())
    rules = checked_rules(settings, folder if files is None else files, published)
    return FirmConfig(
        playbooks=Playbooks(tuple(each.rule for each in published)),
        wording=rules.wording,
        to_staff=read_staff_wording(settings.fallback_language),
        firm=settings.firm(),
        policy=settings.policy(),
        name=settings.firm_name,
        channels={each.name: each for each in channels or own},
        days=settings.due_days(),
        answer_within=settings.answer_clients_within,
        refusals_in_a_row=settings.hold_after_refusals,
        signature=settings.signature(),
        letters=rules.letters,
        folder=folder,
        simulate_first=settings.simulate_before_approval,
        mail_way=mail_way(settings),
    )


def read_rules(settings: RemindersSettings, files: Files) -> FirmRules:
    """Rules and words with these files as the firm's own; raises whatever is wrong with them.

    Read by the values they say, where these are others than those in force.
    """
    with settings_by(settings, files) as known:
        return _read_rules(known, files)


@contextmanager
def settings_by(settings: RemindersSettings, files: Files) -> Iterator[RemindersSettings]:
    """The same settings with the values these files say, for as long as somebody goes by them."""
    values = values_of(files)
    if not values or values == values_in(settings.firm_dir):
        yield settings
        return
    given = settings.folder_given()
    with for_a_look(given, values) as folder:
        yield RemindersSettings(firm_dir=folder, firm_dir_given=given)


def _read_rules(settings: RemindersSettings, files: Files) -> FirmRules:
    found = PlaybookSet(playbook_texts(settings, files), vocabulary(settings, files))
    for mistake in found.mistakes:
        raise mistake
    return checked_rules(settings, files, found.rules)


def checked_rules(
    settings: RemindersSettings, files: Files, published: Sequence[PublishedRule]
) -> FirmRules:
    """These rules with the words of these files, as far as they may be in force together."""
    calls = settings.law().calls_for_opinions
    if not calls.allowed:
        refuse_opinion_calls((each.rule for each in published), calls.means)
    wording = read_wording(settings, files)
    refuse_unwritten((each.rule for each in published), wording)
    letters = firm_letters(settings, files, message_texts(files), wording)
    return FirmRules(files=files, published=tuple(published), wording=wording, letters=letters)


def read_playbooks(folder: Path) -> tuple[PublishedRule, ...]:
    """Every rule of every playbook of a folder; raises PlaybookError with file and line."""
    return tuple(rules_of(sorted(folder.glob("*.yaml")), vocabulary()))


def rules_of(files: Iterable[Path], words: Vocabulary) -> list[PublishedRule]:
    """The rules of these files together, changes laid over playbooks; raises PlaybookError."""
    found = PlaybookSet(((file.name, file.read_text(encoding="utf-8")) for file in files), words)
    for mistake in found.mistakes:
        raise mistake
    return found.rules


def vocabulary(settings: RemindersSettings | None = None, files: Files | None = None) -> Vocabulary:
    """Everything a playbook can refer to, the firm's own messages too."""
    known = settings or RemindersSettings()
    own = files_in(known.firm_dir) if files is None else files
    return Vocabulary(
        events=words_of(CATALOGUE),
        announceable=PLAYBOOK_TYPES,
        messages=read_wording(known, files).messages,
        task_kinds={
            name: frozenset({*kind.roles, *roles_of(name, known.firm_roles)})
            for name, kind in TASK_KINDS.items()
        },
        links=LINKS,
        letters=frozenset(read_letters(own, known.profile).kinds),
    )


def read_wording(settings: RemindersSettings | None = None, files: Files | None = None) -> Wording:
    """The messages to clients, shipped and the firm's own; TextError names each that cannot go.

    ``files``: the firm's own; else those of its folder.
    """
    known = settings or RemindersSettings()
    own = files_in(known.firm_dir) if files is None else files
    texts, fallback = texts_of(message_texts(own), framed=PARTS), known.fallback_language
    return Wording(texts, layout(), fallback=fallback, looks=known.looks())


def message_files(settings: RemindersSettings) -> dict[str, list[TextFile]]:
    """Every text of a message, by language: those of the folder after the shipped ones."""
    return message_texts(files_in(settings.firm_dir))


def read_staff_wording(fallback: str) -> Wording:
    """The messages to staff, in the languages the desk offers; English where that is not one."""
    folders = sorted(folder for folder in TO_STAFF.iterdir() if folder.is_dir())
    texts = texts_of({folder.name: list(shipped_texts(folder)) for folder in folders}, (FOOTER,))
    there = {folder.name for folder in folders}
    return Wording(texts, layout(), fallback=fallback if fallback in there else STAFF_FALLBACK)


def layout() -> str:
    return (TEXTS / "layout.html").read_text(encoding="utf-8")


if __name__ == "__main__":
    run("reminders", build)
