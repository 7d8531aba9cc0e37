"""What does a draft say of the firm's values and files, and could every service begin by it?"""

from collections.abc import Awaitable, Callable, Mapping

from services.reminders.api.asking_services import Heard
from services.reminders.api.editions_told import Reading, in_force_told, letters_shipped
from services.reminders.domain.edition import Edition
from services.reminders.domain.edition_files import Files, hash_of
from services.reminders.domain.edition_looks import check_logo_is_there
from services.reminders.domain.value_edit import field_of, values_in, with_values
from services.reminders.workflow.editions import EditionSteps, needs_of_editions
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.editions import (
    EditionsAsked,
    FileListed,
    FileShown,
    FilesTold,
    ValueShown,
    ValuesTold,
)
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.firm.edition_parts import KINDS, belongs, is_picture, values_of
from shared.firm.firm_file import Key
from shared.state.unit_of_work import UnitOfWork

AskServices = Callable[[Runtime, Mapping[str, str]], Awaitable[Heard]]


class Values:
    """The firm's values and files in a draft; every service is asked about them."""

    def __init__(self, config: FirmConfig, reading: Reading, services: AskServices) -> None:
        self._config, self._reading, self._services = config, reading, services
        self._steps = EditionSteps(config)

    async def told(
        self, runtime: Runtime, draft: Edition, unit: UnitOfWork, *, by_folder: bool
    ) -> ValuesTold:
        """Every value, as the draft has it, as it is in force, and as shipped."""
        heard = await self._services(runtime, values_of(draft.files))
        in_force = self._steps.in_force(unit)
        return ValuesTold(
            in_force=in_force_told(self._config, unit, by_folder=by_folder),
            values=[
                ValueShown(
                    place=each.key.place, section=each.key.section, means=each.key.means,
                    kind=each.key.kind, said=each.said, in_force=each.in_force,
                    shipped=each.shipped, changed=each.said != each.in_force,
                    least=_least(each.key, unit),
                )
                for each in values_in(draft.files, in_force, heard.shipped)
            ],
            mistakes=heard.mistakes,
            remarks=heard.remarks,
            away=heard.away,
        )  # fmt: skip

    async def files(self, draft: Edition, unit: UnitOfWork) -> FilesTold:
        """Every file the firm has otherwise."""
        now = self._steps.in_force(unit)
        return FilesTold(
            files=[
                FileListed(place=place, changed=draft.files.get(place) != now.get(place))
                for place in sorted(draft.files)
            ],
            kinds=KINDS,
            letters=tuple(each for each in await self._letters() if each not in draft.files),
        )

    async def _letters(self) -> Mapping[str, str]:
        """The shipped letters that a person approves."""
        return letters_shipped(await self._reading({}))

    async def file(self, runtime: Runtime, asked: EditionsAsked, draft: Edition) -> FileShown:
        """One file as it is written, and what is wrong with it."""
        place = _place(asked)
        text = asked.text if asked.text is not None else draft.files.get(place)
        heard = await self._services(runtime, values_of(_with(draft.files, place, text)))
        shipped = heard.shipped_files.get(place) or (await self._letters()).get(place)
        return FileShown(
            place=place,
            text=text if text is not None else shipped or "",
            seen=hash_of({place: draft.files.get(place, "")}),
            own=place in draft.files,
            shipped=shipped,
            findings=await self._wrong_with(heard, _with(draft.files, place, text)),
        )

    async def edited_file(
        self, runtime: Runtime, asked: EditionsAsked, draft: Edition
    ) -> tuple[dict[str, str | None], dict[str, str]]:
        """A file as it is to be; RuleError says what is wrong with it."""
        place, text = _place(asked), None if asked.as_shipped else _ended(asked.text or "")
        if text == "":
            raise RuleError("A file cannot be empty.", code="missing", field="text")
        await self.check(runtime, _with(draft.files, place, text), "text")
        return {place: text}, {place: asked.seen} if asked.seen else {}

    async def edited_values(
        self, runtime: Runtime, asked: EditionsAsked, draft: Edition
    ) -> tuple[dict[str, str | None], dict[str, str]]:
        """The file of values as it is to be; RuleError at the value that is wrong."""
        after = with_values(draft.files, asked.values, asked.values_seen)
        await self.check(runtime, after, None)
        changed = {
            each for each in {*after, *draft.files} if after.get(each) != draft.files.get(each)
        }
        return (
            {each: after.get(each) for each in changed},
            {each: hash_of({each: draft.files.get(each, "")}) for each in changed},
        )

    async def check(self, runtime: Runtime, files: Files, field: str | None = None) -> None:
        """RuleError where a service could not begin by these files, or nobody can say.

        Where they say the same of the firm as what is in force, no service has to be asked.
        """
        check_logo_is_there(files)
        in_force = self._steps.in_force(await runtime.look(needs_of_editions))
        if values_of(files) != values_of(in_force):
            await self._ask_all(runtime, files, field)
        try:
            await self._reading(files)
        except RuleError as wrong:
            raise RuleError(wrong.message, code=wrong.code, field=field or wrong.field) from None

    async def _ask_all(self, runtime: Runtime, files: Files, field: str | None) -> None:
        heard = await self._services(runtime, values_of(files))
        if heard.mistakes:
            raise RuleError(
                "\n".join(heard.mistakes), code="mistakes",
                field=field or field_of(files, heard.mistakes),
            )  # fmt: skip
        if heard.away:
            raise RuleError(
                f"This cannot be looked at just now: {', '.join(heard.away)} does not answer. Try "
                "again in a minute.",
                code="away",
            )

    async def _wrong_with(self, heard: Heard, files: Files) -> tuple[str, ...]:
        if heard.mistakes:
            return heard.mistakes
        try:
            await self._reading(files)
        except RuleError as wrong:
            return tuple(wrong.message.splitlines())
        return heard.remarks


def _least(key: Key, unit: UnitOfWork) -> str:
    found = unit.who_decides.least.get(key.name) if key.section == "decisions" else None
    return f"{', '.join(found.roles)}; {found.source}" if found else ""


def _with(files: Files, place: str, text: str | None) -> dict[str, str]:
    rest = {name: said for name, said in files.items() if name != place}
    return rest if text is None else {**rest, place: text}


def _place(asked: EditionsAsked) -> str:
    place = (asked.place or "").strip().removeprefix("/")
    if not belongs(place):
        raise RuleError(f"An edition holds {KINDS}.", code="no-part", field="place")
    if is_picture(place):
        raise RuleError("The logo is changed under Looks.", code="no-part", field="place")
    return place


def _ended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n" if text.strip() else ""
