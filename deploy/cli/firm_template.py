"""What does a new folder of a firm hold? All it could say, and nothing that changes anything."""

from collections.abc import Iterator
from pathlib import Path

from deploy.cli.firm_values import as_toml, shipped_value
from shared.contracts import firm_decisions
from shared.contracts.firm_decisions import SECOND, name_of, shipped_roles
from shared.contracts.firm_roles import roles_of, settable
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import ClienteleError
from shared.firm.firm_file import Key, about, keys
from shared.firm.folder import FILE
from shared.profiles.choosing import profile_named

HEAD = """\
# What this firm says of itself. Every line begins with # and so says nothing: the value after it
# is the shipped one, or an example where there is none. Take the # away and change it.
# `clientele firm check` finds mistakes, `clientele firm show` says what is in force. Passwords,
# keys and addresses of servers are no part of this file.
"""


class FolderInUseError(ClienteleError):
    """There is something in this folder already."""


def write_folder(folder: Path) -> list[Path]:
    """Make the folder with commented files; FolderInUseError where something stands there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError(f"{folder}: is not empty; name a folder that is, or a new one.")
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / FILE]
    written[0].write_text("\n".join(_lines()) + "\n", encoding="utf-8")
    return written


def _lines() -> Iterator[str]:
    yield HEAD
    section = ""
    for key in keys():
        if key.section != section:
            section = key.section
            yield f"\n[{section}]\n# {about(section)}"
        yield _line(key)
    yield f"\n[roles]\n# {about('roles')}"
    for kind in settable():
        yield f"# {kind} = {as_toml(roles_of(kind))}  # {TASK_KINDS[kind].label}"
    yield f'\n[decisions]\n# {about("decisions")} To have it said by two: add "{SECOND}".'
    for kind, decision, label in firm_decisions.decisions():
        yield f"# {name_of(kind, decision)} = {as_toml(shipped_roles(kind, decision))}  # {label}"
    yield f"\n[retention]\n# {about('retention')} As the profile general has it:"
    for name, rule in profile_named("general").retention.items():
        if rule.years is not None:
            yield f"# {name} = {as_toml({'years': rule.years})}  # {rule.means}"


def _line(key: Key) -> str:
    shipped = shipped_value(key)
    value = key.example if key.example is not None else shipped
    return f"# {key.name} = {as_toml(value)}  # {key.means}"
