"""Could a service begin by these values of the firm, before two people bring them into force?

Reminders asks every service, as each knows best what a value of its own may be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from pydantic import Field

from shared.contracts.requests import Answer, Asked, RequestType
from shared.firm.folder_in_force import for_a_look
from shared.firm.said_values import as_said
from shared.firm.setting_source import classes, firm_name_of, overruled, said_in


class FolderAsked(Asked):
    """Files of the firm's folder, by their place."""

    files: dict[str, str]


class FolderTold(Answer):
    """What is wrong with them for this service, and what is worth to be known."""

    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what the environment overrules
    shipped: dict[str, str] = Field(
        default_factory=dict
    )  # each value as shipped, by its setting, as a form shows it
    shipped_files: dict[str, str] = Field(
        default_factory=dict
    )  # what is shipped of files, by their place


FOLDERS = RequestType(
    "folders",
    "Could it begin by these values of the firm? Changes nothing.",
    FolderAsked,
    (FolderTold,),
)


def answer_folders(
    mistakes: Callable[[Mapping[str, str]], list[str]], shipped: Mapping[str, Path]
) -> Callable[[FolderAsked], Awaitable[FolderTold]]:
    """Answers with every mistake; none: it could."""

    def answered(files: Mapping[str, str]) -> FolderTold:
        found = mistakes(files)
        return FolderTold(
            mistakes=tuple(found),
            remarks=() if found else tuple(_overruled(files)),
            shipped=_as_shipped(),
            shipped_files={place: file.read_text("utf-8") for place, file in shipped.items()},
        )

    async def answer(asked: FolderAsked) -> FolderTold:
        return await asyncio.to_thread(answered, asked.files)

    return answer


def _overruled(files: Mapping[str, str]) -> dict[str, None]:
    with for_a_look(None, files) as folder:
        said = said_in(folder)
    return dict.fromkeys(line for each in classes() for line in overruled(each, said))


def _as_shipped() -> dict[str, str]:
    return {
        firm_name_of(field, name): as_said(field.get_default(call_default_factory=True))
        for settings in classes()
        for name, field in settings.model_fields.items()
    }
