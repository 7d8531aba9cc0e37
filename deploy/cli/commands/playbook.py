"""``clientele playbook``: what do the firm's rules say, and may they go into force?"""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, errors, plain, say_json
from deploy.infra.access.service_requests import services_at, told
from deploy.trial.connection import NotRunningError
from services.reminders.app import vocabulary
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_set import PlaybookSet, changes_something
from services.reminders.domain.rule_sentences import open_ends, sentence_for
from services.reminders.domain.yaml_places import PlaybookError
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.ops.timers_and_messages import PlaybooksTold
from services.reminders.settings import RemindersSettings

OWNER = "reminders"  # every rule of every playbook is in force there
CHANGED = "says something else than this version in force: raise its version"

app = typer.Typer(help="The firm's rules: what happens when, and until when.",
                  no_args_is_help=True)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule, how it was understood, and how it stands to the rules in force."""

    rule_id: str
    version: int
    sentence: str
    standing: str
    open_ends: tuple[str, ...] = ()  # that nothing undoes it, that it is never too late


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(help="Playbooks, or folders of them.")],
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Read playbooks as the service would: every mistake with its line, every rule in words.

    Where an installation runs, each rule is compared with the versions in force.
    """
    rules, mistakes = read_all(every_file(files))
    checked = compared(rules, _in_force(data_dir))
    mistakes += [f"{each.rule_id}: {each.standing}" for each in checked if each.standing == CHANGED]
    if as_json:
        say_json({"rules": [asdict(each) for each in checked], "mistakes": mistakes})
    else:
        _print(checked, mistakes)
    if mistakes:
        raise typer.Exit(1)


def read_all(files: Sequence[Path]) -> tuple[list[PublishedRule], list[str]]:
    """The rules of these files together; one mistake of each file that has any.

    Where a file changes a playbook, the playbooks in force that it may mean are read with it.
    """
    texts, mistakes = dict[Path, str](), list[str]()
    for file in _with_what_they_change(files):
        try:
            texts[file] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as failure:
            mistakes.append(f"{file.name}: cannot be read as text: {failure}")
    found = PlaybookSet(((file.name, text) for file, text in texts.items()), vocabulary())
    return found.rules, sorted([*mistakes, *(each.message for each in found.mistakes)])


def _with_what_they_change(files: Sequence[Path]) -> list[Path]:
    if not any(_changes_something(file) for file in files):
        return [*files]
    own = {file.resolve() for file in files}
    return [*(file for file in _shipped() if file.resolve() not in own), *files]


def _changes_something(file: Path) -> bool:
    try:
        return changes_something(file.name, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return False  # said where it is read


def _shipped() -> list[Path]:
    """The playbooks that the firm's changes are laid over."""
    settings = RemindersSettings()
    return playbook_files(settings.model_copy(update={"firm_dir": None}))


def compared(
    rules: Sequence[PublishedRule], in_force: dict[str, str | None] | None
) -> list[Checked]:
    """How each rule stands to what was ever put into force (None: nothing to compare with)."""
    return [
        Checked(
            each.rule.rule_id,
            each.rule.version,
            sentence_for(each.rule),
            _standing(each, in_force),
            tuple(open_ends(each.rule)),
        )
        for each in rules
    ]


def _standing(each: PublishedRule, in_force: dict[str, str | None] | None) -> str:
    if in_force is None:
        return "not compared"
    if each.rule.key not in in_force:
        known = any(key.rpartition("@")[0] == each.rule.rule_id for key in in_force)
        return "a new version" if known else "new"
    return "in force" if in_force[each.rule.key] == each.fingerprint else CHANGED


def every_file(paths: Sequence[Path]) -> list[Path]:
    """These files, and the playbooks of these folders; raises PlaybookError where there is none."""
    found = [file for path in paths
             for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]  # fmt: skip
    if not found:
        raise PlaybookError("There is no playbook (*.yaml) in these folders.")
    return found


def _in_force(data_dir: Path) -> dict[str, str | None] | None:
    """Fingerprints by rule and version; None where no installation runs here."""
    try:
        url = ops_url(data_dir)
    except NotRunningError:
        return None
    return asyncio.run(_asked(url))


async def _asked(url: str) -> dict[str, str | None]:
    async with services_at(url) as services:
        answer = await services.ask(OWNER, {"ask": "playbooks"})
    rules = told(PlaybooksTold, answer).items
    return {f"{each.rule_id}@{each.version}": each.fingerprint for each in rules}


def _print(checked: Sequence[Checked], mistakes: Sequence[str]) -> None:
    for each in checked:
        head = f"[bold]{plain(each.rule_id)}[/] version {each.version} ([dim]{each.standing}[/])"
        console.print(head, soft_wrap=True)
        console.print(Padding(plain(each.sentence), (0, 0, 0, 4)))
        for left_open in each.open_ends:
            console.print(Padding(f"[yellow]open:[/] {plain(left_open)}", (0, 0, 0, 4)))
    for mistake in mistakes:
        errors.print(f"[bold red]mistake:[/] {plain(mistake)}", soft_wrap=True)
    if not mistakes:
        console.print(f"{len(checked)} rules, no mistake.")
