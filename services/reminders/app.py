"""How is the reminders service put together?"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.reminders.api.outgoing import OUTGOING_REQUEST, answer_outgoing
from services.reminders.api.text_messages import text_door
from services.reminders.domain.contact import Contact
from services.reminders.domain.digest import Digest
from services.reminders.domain.inquirer_letter import InquirerLetter
from services.reminders.domain.message_texts import FOOTER, PARTS, TextFile, texts_of
from services.reminders.domain.opinion_calls import refuse_opinion_calls
from services.reminders.domain.playbook import Playbooks, PublishedRule
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.domain.unwritten import refuse_unwritten
from services.reminders.domain.vocabulary import Vocabulary, words_of
from services.reminders.domain.wording import Wording
from services.reminders.due import commitments_due, deadlines_due, drafts_due, due, letters_due
from services.reminders.gateways.client_messages import ClientMessages
from services.reminders.gateways.digests import DigestMessages, NatsAgendas
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.firm_letters import firm_letters
from services.reminders.gateways.inquirer_letters import LetterMessages
from services.reminders.gateways.letter_files import read_letters
from services.reminders.gateways.links import NatsLinks
from services.reminders.gateways.mail_server import mail_server
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.gateways.smtp import SmtpMailer
from services.reminders.gateways.text_channel import (
    report_paths,
    text_channel,
    text_provider,
)
from services.reminders.gateways.text_provider import HttpTexts
from services.reminders.gateways.text_reports import ReportPaths
from services.reminders.listeners import listeners
from services.reminders.ops.timers_and_messages import DIGEST_REQUEST, FirmSaid, Ops, digest_of
from services.reminders.ports import MessageChannel, OutgoingMessage
from services.reminders.records import RECORDS
from services.reminders.settings import TEXTS, RemindersSettings
from services.reminders.staff import deciders, views
from services.reminders.storage import MAPPINGS, MongoTally
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.playbook_versions import needs_of_publishing, publish
from shared.contracts.catalogue import CATALOGUE, PLAYBOOK_TYPES, PUBLISHED_BY
from shared.contracts.envelope import Cause
from shared.contracts.firm_roles import roles_of
from shared.contracts.task_kinds import TASK_KINDS
from shared.engine.hand_over import HandOver
from shared.engine.runtime import Runtime
from shared.process.app import App, OwnRequest
from shared.process.run import run
from shared.profiles.choosing import known_name
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry.logs import log

HERE = Path(__file__).parent
TO_STAFF = TEXTS / "staff"
CLOCKS = "playbooks/clocks"  # what the law gives so long for, by profile
STAFF_FALLBACK = "en"
LINKS = frozenset(
    {
        "feedback/survey",
        "intake/understanding",
        "reputation/review-ask",
        "reputation/testimonial",
    }
)


def build() -> App:
    """The service, ready to run."""
    settings = RemindersSettings()
    rules = rules_of(playbook_files(settings), vocabulary(settings))
    mailer = SmtpMailer(mail_server(settings))
    texts = text_provider(settings)
    ways: list[MessageChannel] = [EmailChannel(mailer), *text_channel(settings, texts)]
    config = make_config(settings, rules, ways)
    config.sample_settings = () if settings.trial else settings.sample_settings()
    lacks = FirmSaid(settings.sample_settings(), settings.lacking_notices())
    ops = Ops(MongoTally, config.sample_settings, firm=lacks)
    reports = partial(report_paths, settings)
    hand_overs = HandOvers(config, rules, mailer, settings.mail_bounce_domain, texts, reports)
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
        ],
        ops=ops.questions(),
        answers=[
            OwnRequest(DIGEST_REQUEST, digest_of),
            OwnRequest(OUTGOING_REQUEST, answer_outgoing(config), signed=True),
        ],
        figures=ops.figures,
        pages=text_door(config, reports) if texts is not None else None,
        start=hand_overs.start,
        loops=[ops.keep_measuring],
        records=RECORDS,
        hears_all=True,
        says=sorted(PUBLISHED_BY["reminders"]),
    )


class HandOvers:
    """What a running process hands messages over with, and the rules it puts into force."""

    _metrics: SendMetrics
    _messages: HandOver[Contact, OutgoingMessage]
    _digests: HandOver[Digest, OutgoingMessage]
    _letters: HandOver[InquirerLetter, OutgoingMessage]

    def __init__(
        self,
        config: FirmConfig,
        published: Sequence[PublishedRule],
        mailer: SmtpMailer,
        bounce_domain: str | None,
        texts: HttpTexts | None,
        reports: Callable[[Runtime], ReportPaths],
    ) -> None:
        self._texts, self._reports = texts, reports
        self._bounce_domain = bounce_domain
        self._config, self._published, self._mailer = config, published, mailer

    async def start(self, runtime: Runtime) -> None:
        """Put the playbooks into force; a changed rule under an old version ends the start."""
        if self._config.sample_settings:
            log.error("sample_values", reason=", ".join(self._config.sample_settings))
        self._config.sender = f"{runtime.settings.replica}:{uuid4().hex[:12]}"
        self._metrics = metrics = SendMetrics(runtime.metrics.registry)
        config = self._config
        domain = self._bounce_domain
        paths = ReturnPaths(domain, runtime.settings.link_key()) if domain else None
        if self._texts is not None:
            self._texts.check()
            self._texts.reports = self._reports(runtime)
        self._messages = HandOver(ClientMessages(config, NatsLinks(runtime), metrics, paths))
        digests = DigestMessages(config, self._mailer, NatsAgendas(runtime), metrics)
        self._digests = HandOver(digests)
        letters = LetterMessages(config, self._mailer, NatsLinks(runtime), metrics, paths)
        self._letters = HandOver(letters)

        def step(unit: UnitOfWork) -> None:
            self._config.playbooks.learn(publish(self._published, unit))

        cause = Cause("urn:clientele:reminders", self._config.sender, "start", "start", None,
                      runtime.clock.now())  # fmt: skip
        await runtime.act(step, lambda _: needs_of_publishing(self._published), cause=cause)

    async def fired(self, runtime: Any, timers: Sequence[Any]) -> None:
        """Timers have fired."""
        await self._metrics.fired(runtime, timers)

    async def hand_over(self, runtime: Any, contacts: Sequence[Contact]) -> None:
        """Messages may go."""
        self._metrics.looked_at(contacts)
        await self._messages(runtime, contacts)

    async def hand_letters(self, runtime: Any, letters: Sequence[InquirerLetter]) -> None:
        """Letters to inquirers may go."""
        await self._letters(runtime, letters)

    async def hand_digests(self, runtime: Any, digests: Sequence[Digest]) -> None:
        """Digests may go."""
        await self._digests(runtime, digests)


def make_config(
    settings: RemindersSettings,
    published: Sequence[PublishedRule],
    channels: Sequence[MessageChannel] = (),
) -> FirmConfig:
    """The firm's rules, words, policy and channels: those given, or its own that send nothing.

    PlaybookError where a rule asks for what the law of the firm's country forbids.
    """
    calls = settings.law().calls_for_opinions
    if not calls.allowed:
        refuse_opinion_calls((each.rule for each in published), calls.means)
    own: list[MessageChannel] = [EmailChannel(), *text_channel(settings, None)]
    wording = read_wording(settings)
    refuse_unwritten((each.rule for each in published), wording)
    return FirmConfig(
        playbooks=Playbooks(tuple(each.rule for each in published)),
        wording=wording,
        to_staff=read_staff_wording(settings.fallback_language),
        firm=settings.firm(),
        policy=settings.policy(),
        name=settings.firm_name,
        channels={each.name: each for each in channels or own},
        days=settings.due_days(),
        answer_within=settings.answer_clients_within,
        refusals_in_a_row=settings.hold_after_refusals,
        signature=settings.signature(),
        letters=firm_letters(settings, message_files(settings), wording),
    )


def playbook_files(settings: RemindersSettings) -> list[Path]:
    """The playbooks in force: the shipped ones (or the firm's instead), and the firm's folder.

    With the shipped ones, the clocks of the firm's profile.
    """
    shipped = settings.playbooks_dir or HERE / "playbooks"
    own = settings.firm_dir / "playbooks" if settings.firm_dir else None
    files = [file for folder in (shipped, own) if folder for file in sorted(folder.glob("*.yaml"))]
    return [*files, *clocks_of(settings)]


def clocks_of(settings: RemindersSettings) -> list[Path]:
    """The shipped clocks of the firm's profile; none where its own playbooks stand instead."""
    clocks = HERE / CLOCKS / f"{known_name(settings.profile)}.yaml"
    return [clocks] if settings.playbooks_dir is None and clocks.is_file() else []


def read_playbooks(folder: Path) -> tuple[PublishedRule, ...]:
    """Every rule of every playbook of a folder; raises PlaybookError with file and line."""
    return tuple(rules_of(sorted(folder.glob("*.yaml")), vocabulary()))


def rules_of(files: Iterable[Path], words: Vocabulary) -> list[PublishedRule]:
    """The rules of these files together, changes laid over playbooks; raises PlaybookError."""
    found = PlaybookSet(((file.name, file.read_text(encoding="utf-8")) for file in files), words)
    for mistake in found.mistakes:
        raise mistake
    return found.rules


def vocabulary(settings: RemindersSettings | None = None) -> Vocabulary:
    """Everything a playbook can refer to, the firm's own messages too."""
    known = settings or RemindersSettings()
    return Vocabulary(
        events=words_of(CATALOGUE),
        announceable=PLAYBOOK_TYPES,
        messages=read_wording(known).messages,
        task_kinds={
            name: frozenset({*kind.roles, *roles_of(name, known.firm_roles)})
            for name, kind in TASK_KINDS.items()
        },
        links=LINKS,
        letters=frozenset(read_letters(known.firm_dir, known.profile).kinds),
    )


def read_wording(settings: RemindersSettings | None = None) -> Wording:
    """The messages to clients, shipped and the firm's own; TextError names each that cannot go."""
    known = settings or RemindersSettings()
    texts, fallback = texts_of(message_files(known), framed=PARTS), known.fallback_language
    return Wording(texts, _layout(), fallback=fallback, looks=known.looks())


def message_files(settings: RemindersSettings) -> dict[str, list[TextFile]]:
    """Every text of a message, by language: the firm's own after the shipped ones."""
    return {
        language: [each for folder, own in folders for each in _files(folder, own=own)]
        for language, folders in settings.message_folders().items()
    }


def read_staff_wording(fallback: str) -> Wording:
    """The messages to staff, in the languages the desk offers; English where that is not one."""
    folders = sorted(folder for folder in TO_STAFF.iterdir() if folder.is_dir())
    texts = texts_of({folder.name: _files(folder, own=False) for folder in folders}, (FOOTER,))
    there = {folder.name for folder in folders}
    return Wording(texts, _layout(), fallback=fallback if fallback in there else STAFF_FALLBACK)


def _files(folder: Path, *, own: bool) -> list[TextFile]:
    """Every text of a language, by its place within the firm's folder or the package."""
    return [
        TextFile(
            part=file.relative_to(folder).as_posix(),
            place=file.relative_to(folder.parents[2]).as_posix(),
            text=file.read_text(encoding="utf-8"),
            own=own,
        )
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    ]


def _layout() -> str:
    return (TEXTS / "layout.html").read_text(encoding="utf-8")


if __name__ == "__main__":
    run(build)
