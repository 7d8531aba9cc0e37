"""How are rules, texts and editions told to whoever changes them?"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime

from services.reminders.domain.checked_texts import remarks_on_messages
from services.reminders.domain.edition import Edition, State
from services.reminders.domain.edition_files import (
    FileChange,
    Files,
    changes_between,
    hash_of,
    parts_of_text,
    text_place,
    texts_in,
)
from services.reminders.domain.edition_looks import changes_looks
from services.reminders.domain.message_preview import preview
from services.reminders.domain.message_texts import ALWAYS, FOOTER, FRAME, GREETING, SIGNATURE
from services.reminders.domain.message_texts import words_in as words_of_text
from services.reminders.domain.playbook import Rule
from services.reminders.domain.rule_edit import changed_in, parts_of
from services.reminders.domain.rule_sentences import sentence_for
from services.reminders.domain.schedule import Span
from services.reminders.domain.upgrades import both_changed, shipped_readings
from services.reminders.domain.wording import Wording, WordingError
from services.reminders.ports import EDITIONS, EVERY
from services.reminders.workflow.edition_tasks import task_about
from services.reminders.workflow.editions import EditionSteps, head_in
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from shared.contracts.editions import (
    DRAFT,
    EditionsAsked,
    EditionShown,
    FileChangeShown,
    InForce,
    RuleInWords,
    StudioTold,
    TextListed,
    TextShown,
    UpgradeShown,
)
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork

Reading = Callable[[Files], Awaitable[FirmRules]]
"""Reads files into rules and words; RuleError names every mistake."""
FRAMED = tuple(f"{FRAME}/{part.removesuffix('.txt')}" for part in (GREETING, SIGNATURE, FOOTER))
SHOWS_FRAME = "welcome"  # the message that shows what stands around every message
IN_DAYS = {
    Span.MINUTES: 1 / 1440, Span.HOURS: 1 / 24, Span.DAYS: 1.0, Span.WEEKS: 7.0,
    Span.MONTHS: 30.0, Span.BUSINESS_DAYS: 1.4, Span.BUSINESS_HOURS: 1 / 8,
}  # fmt: skip


def in_force_told(config: FirmConfig, unit: UnitOfWork, *, by_folder: bool) -> InForce:
    """Which edition is in force."""
    head = head_in(unit)
    return InForce(
        number=head.in_force,
        from_at=_iso(head.from_at),
        folder_differs=config.folder_differs,
        by_folder=by_folder and head.in_force > 0,
        folder_files=len(config.folder),
    )


async def studio_told(
    config: FirmConfig, reading: Reading, draft: Edition, unit: UnitOfWork, *, by_folder: bool
) -> StudioTold:
    """Every rule and text of a draft, beside what is shipped and what is in force."""
    steps = EditionSteps(config)
    in_force = steps.in_force(unit)
    shipped, mine, now = await reading({}), await reading(draft.files), await reading(in_force)
    proposals = [each for each in unit.find(EDITIONS, "all", EVERY) if each.state is State.PROPOSED]
    has_draft = draft.content_hash != hash_of(in_force)
    return StudioTold(
        in_force=in_force_told(config, unit, by_folder=by_folder),
        draft=edition_shown(steps, draft, unit) if has_draft else None,
        rules=list(_rules(shipped, mine, now)),
        texts=list(_texts(shipped.wording, mine, now)),
        proposals=[edition_shown(steps, each, unit) for each in proposals],
        upgraded=list(_upgraded(steps, now, shipped, unit)),
    )


async def text_shown(
    config: FirmConfig, reading: Reading, files: Files, asked: EditionsAsked, now: datetime
) -> TextShown:
    """A text as it is written, how it reads, and what was noticed in it."""
    language, message = asked.language or "", asked.message or ""
    place, shipped = text_place(language, message), (await reading({})).wording
    rules = await reading(files)
    usual = shipped.source(language, message)
    text = asked.text if asked.text is not None else files.get(place, usual)
    if text is None and message not in (*rules.wording.messages, *FRAMED):
        raise RuleError("There is no such text.", code="unknown", field="message")
    shown = TextShown(
        message=message,
        language=language,
        text=text or "",
        seen=hash_of({place: files.get(place, "")}),
        own=place in files,
        shipped=usual,
        words=tuple(sorted(ALWAYS | _words(shipped, message))),
    )
    try:
        tried = rules if asked.text is None else await reading({**files, place: asked.text})
        shows = SHOWS_FRAME if message in FRAMED else message
        worded = preview(tried.wording, shows, language, config.firm.zone, now,
                         {"firm": config.name, **config.signature})  # fmt: skip
    except (RuleError, WordingError) as wrong:
        return shown.model_copy(update={"findings": tuple(wrong.message.splitlines())})
    return shown.model_copy(
        update={
            "subject_line": worded.subject_line,
            "plain": worded.text,
            "html": tried.wording.looks.mail_within(worded.html),
            "findings": remarks_in(config, {place: text or ""}, {place}),
        }
    )


def readings_of(files: Files, shipped: FirmRules) -> dict[str, str]:
    """What is shipped of all that these files have otherwise."""
    rules = (each.rule for each in shipped.published)
    return shipped_readings(files, rules, shipped.wording, letters_shipped(shipped))


def letters_shipped(shipped: FirmRules) -> dict[str, str]:
    """The letters that a person approves, by the place at which a firm has its own.

    ``shipped``: what is read where a firm has nothing otherwise.
    """
    texts = shipped.letters.texts.texts.values()
    return {each.place: f"Edition: {each.edition}\n{each.text}" for each in texts}


def _upgraded(
    steps: EditionSteps, now: FirmRules, shipped: FirmRules, unit: UnitOfWork
) -> Iterator[UpgradeShown]:
    """What the firm and a release since its edition both changed."""
    edition = steps.edition_in_force(unit)
    if edition is None:
        return
    rules = _by_id(now)
    for each in both_changed(edition.shipped, readings_of(edition.files, shipped)):
        language, message = parts_of_text(each.name)
        rule = rules.get(each.name)
        yours = edition.files.get(each.name, sentence_for(rule) if rule is not None else "")
        yield UpgradeShown(
            rule_id=each.name if each.is_rule else None, language=language or None,
            message=message or None, yours=yours, then=each.then, now=each.now,
            place=None if each.is_rule or message else each.name,
        )  # fmt: skip


def remarks_in(config: FirmConfig, files: Files, places: set[str]) -> tuple[str, ...]:
    """What the rules that read texts notice in these."""
    some = texts_in({place: text for place, text in files.items() if place in places})
    return tuple(str(each) for each in remarks_on_messages(some, config.letters.word_lists))


def edition_shown(
    steps: EditionSteps, edition: Edition, unit: UnitOfWork, *, whole: bool = False
) -> EditionShown:
    """An edition; ``whole``: with what it changes, and what changed since it was made."""
    open_still = edition.state in (State.DRAFT, State.PROPOSED)
    stale = steps.check(edition, unit) if open_still else None
    changes = changes_between(edition.base_files, edition.files) if whole else []
    since = changes_between(edition.base_files, steps.in_force(unit)) if whole and stale else []
    return EditionShown(
        edition=str(edition.number) if edition.number else DRAFT,
        number=edition.number,
        state=edition.state.value,
        by=edition.by,
        at=edition.at.isoformat(),
        base=edition.base,
        content_hash=edition.content_hash,
        note=edition.note,
        why=edition.why,
        decided_by=edition.decided_by,
        decided_at=_iso(edition.decided_at),
        from_at=_iso(edition.from_at),
        alone=steps.config.letters.sole_practice is not None,
        stale=stale.message if stale is not None else None,
        changes=[_change(each) for each in changes],
        since=[_change(each) for each in since],
        task_id=task_about(edition, unit),
        looks=whole and changes_looks(edition.base_files, edition.files),
    )


def _rules(shipped: FirmRules, mine: FirmRules, now: FirmRules) -> Iterator[RuleInWords]:
    usual, found, before = _by_id(shipped), _by_id(mine), _by_id(now)
    for rule_id in dict.fromkeys([*usual, *found]):
        rule, ship, was = found.get(rule_id), usual.get(rule_id), before.get(rule_id)
        any_of = rule or ship
        if any_of is None:
            continue
        where = changed_in(mine.files, any_of.playbook, rule_id) if ship is not None else None
        yield RuleInWords(
            rule_id=rule_id,
            playbook=any_of.playbook,
            version=any_of.version,
            sentence=sentence_for(any_of),
            order=_order(any_of),
            standing=_standing(rule, ship),
            where=f"{where[0]}:{where[1]}" if where is not None else None,
            parts=parts_of(any_of),
            shipped=parts_of(ship) if ship is not None else {},
            message=any_of.send.template if any_of.send and not any_of.send.approve else None,
            changed=rule != was,
        )


def _standing(rule: Rule | None, shipped: Rule | None) -> str:
    if rule is None:
        return "off"
    if shipped is None:
        return "added"
    return "shipped" if rule == shipped else "changed"


def _texts(shipped: Wording, mine: FirmRules, now: FirmRules) -> Iterator[TextListed]:
    names = [*FRAMED, *sorted(mine.wording.messages)]
    for language in sorted({*mine.wording.languages, *texts_in(mine.files)}):
        for name in names:
            place = text_place(language, name)
            yield TextListed(
                message=name,
                language=language,
                standing=_text_standing(name, language, shipped, mine),
                changed=mine.files.get(place) != now.files.get(place),
            )


def _text_standing(name: str, language: str, shipped: Wording, mine: FirmRules) -> str:
    if text_place(language, name) in mine.files:
        return "added" if shipped.source(language, name) is None else "changed"
    return "missing" if mine.wording.source(language, name) is None else "shipped"


def _by_id(rules: FirmRules) -> Mapping[str, Rule]:
    return {each.rule.rule_id: each.rule for each in rules.published}


def _order(rule: Rule) -> float:
    """How far from the beginning, in days."""
    if rule.moment is None:
        return 0.0
    return rule.moment.offset.amount * IN_DAYS[rule.moment.offset.span]


def _words(shipped: Wording, message: str) -> set[str]:
    texts = (shipped.source(language, message) for language in shipped.languages)
    return {word for text in texts if text is not None for word in words_of_text(text)}


def _change(each: FileChange) -> FileChangeShown:
    return FileChangeShown(
        place=each.place, what=each.what, lines=each.lines, was=each.was, now=each.now
    )


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
