"""A form changes a rule or a text of a draft: which files follow, and what is wrong with them?"""

import re
from collections.abc import Callable, Mapping

from services.reminders.api.editions_looks import edited_looks
from services.reminders.api.editions_told import Reading, remarks_in
from services.reminders.api.editions_values import Values
from services.reminders.domain.edition import Edition
from services.reminders.domain.edition_files import Files, hash_of, text_place
from services.reminders.domain.message_texts import FRAME, TextFile
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.rule_edit import RuleEdit, as_shipped, next_version, with_edit
from services.reminders.ports import EVERY, RULES
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.editions import EditionsAsked
from shared.engine.runtime import Runtime
from shared.errors import RuleError

Changed = tuple[dict[str, str | None], dict[str, str]]
"""Files as they are to be (None: gone), and the hash under which each was shown."""
Texts = Callable[[Files], Mapping[str, list[TextFile]]]
"""Every text of a message, by language: the firm's own after the shipped ones."""
_LANGUAGE, _MESSAGE = re.compile(r"[a-z]{2,3}"), re.compile(r"(frame/)?[\w][\w-]{0,80}")
WORDS_OF_FIELDS = {
    "offset": "offset", "time": "time of day", "valid-until": "valid-until",
    "valid-for": "valid-for", "message": "message",
}  # fmt: skip


class Editing:
    """Changes of drafts, read as the service would before they are kept."""

    def __init__(self, config: FirmConfig, reading: Reading, texts: Texts, values: Values) -> None:
        self._config, self._reading, self._texts, self._values = config, reading, texts, values

    async def changed_files(
        self, runtime: Runtime, asked: EditionsAsked, draft: Edition
    ) -> Changed:
        """What the draft's files are to be; RuleError with the field where they cannot be so."""
        if asked.ask == "edit-values":
            return await self._values.edited_values(runtime, asked, draft)
        if asked.ask == "edit-file":
            return await self._values.edited_file(runtime, asked, draft)
        if asked.ask == "edit-looks":
            return await edited_looks(self._values, runtime, asked, draft)
        if asked.ask == "new-language":
            return await self._new_language(asked, draft)
        if asked.ask == "edit-text":
            return await self._of_text(asked, draft)
        after = await self._of_rule(runtime, asked, draft.files)
        places = {*after, *draft.files}
        differ = {each for each in places if after.get(each) != draft.files.get(each)}
        return (
            {each: after.get(each) for each in differ},
            {each: hash_of({each: draft.files.get(each, "")}) for each in differ},
        )

    async def findings(self, edition: Edition) -> tuple[str, ...]:
        """What is worth a look in the texts of the firm's own; mistakes where it cannot be read."""
        try:
            await self._reading(edition.files)
        except RuleError as wrong:
            return tuple(wrong.message.splitlines())
        return remarks_in(self._config, edition.files, set(edition.files))

    async def _of_text(self, asked: EditionsAsked, draft: Edition) -> Changed:
        language, message = asked.language or "", asked.message or ""
        if not _LANGUAGE.fullmatch(language) or not _MESSAGE.fullmatch(message):
            raise RuleError("Say which text, in which language.", code="missing", field="message")
        place = text_place(language, message)
        text = None if asked.as_shipped else _one_end(asked.text or "")
        if text is not None and not text.strip():
            raise RuleError("A text cannot be empty.", code="missing", field="text")
        rest = {name: said for name, said in draft.files.items() if name != place}
        await self._checked(rest if text is None else {**rest, place: text}, "text", place)
        return {place: text}, {place: asked.seen} if asked.seen else {}

    async def _new_language(self, asked: EditionsAsked, draft: Edition) -> Changed:
        """What stands around each message, copied from another language, to be said in the new."""
        code, like = (asked.language or "").strip(), asked.message or "en"
        if not _LANGUAGE.fullmatch(code):
            raise RuleError("Name the language by its code, such as fr.", code="invalid",
                            field="language")  # fmt: skip
        there = self._texts(draft.files)
        if code in there:
            raise RuleError("This language is there already.", code="there", field="language")
        copied = {
            f"languages/{code}/messages/{each.part}": each.text
            for each in there.get(like, [])
            if each.part.startswith(f"{FRAME}/")
        }
        if not copied:
            raise RuleError("There is no such language to copy.", code="unknown", field="message")
        await self._checked({**draft.files, **copied}, "language", f"languages/{code}/")
        return dict(copied), {}

    async def _of_rule(
        self, runtime: Runtime, asked: EditionsAsked, files: Files
    ) -> dict[str, str]:
        shipped = await self._shipped(asked.rule_id or "")
        rule = shipped.rule
        if asked.as_shipped:
            after = as_shipped(files, rule)
            await self._checked(after, "rule_id", "")
            return after
        edit = RuleEdit(rule_id=rule.rule_id, off=asked.off, parts=asked.parts or None)
        published = await _published(runtime)
        after = with_edit(files, rule, edit, next_version(rule, published))
        await self._checked(after, "offset", "playbooks/")
        found = {each.rule.rule_id: each for each in (await self._reading(after)).published}
        mine = found.get(rule.rule_id)
        if mine is None:
            return after
        version = next_version(rule, published, mine.fingerprint)
        return with_edit(files, rule, edit, version)

    async def _shipped(self, rule_id: str) -> PublishedRule:
        for each in (await self._reading({})).published:
            if each.rule.rule_id == rule_id:
                return each
        raise RuleError(
            "This rule is not shipped: change it in the file of the firm that has it.",
            code="own-rule",
            field="rule_id",
        )

    async def _checked(self, files: Files, field: str, place: str) -> None:
        """RuleError with what is wrong, at the field it is about."""
        try:
            await self._reading(files)
        except RuleError as wrong:
            lines = wrong.message.splitlines()
            mine = [line for line in lines if place and line.startswith(place)] or lines
            raise RuleError(
                "\n".join(mine), code="mistakes", field=_field_of("\n".join(mine), field)
            ) from None


def _field_of(complaint: str, usual: str) -> str:
    if usual != "offset":
        return usual
    named = [name for name, word in WORDS_OF_FIELDS.items() if f" {word}" in complaint]
    return named[0] if len(named) == 1 else usual


async def _published(runtime: Runtime) -> Mapping[str, str]:
    unit = await runtime.look(lambda _: [RULES.by("all", EVERY)])
    return {each.rule.key: each.fingerprint for each in unit.find(RULES, "all", EVERY)}


def _one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n" if text.strip() else ""
