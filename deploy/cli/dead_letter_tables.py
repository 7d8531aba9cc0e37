"""How are dead letters shown to a person?"""

from collections.abc import Iterable

from rich.table import Table

from deploy.cli.screen import plain
from deploy.infra.access.dead_letters import DeadLetter, reason_of


def as_table(letters: Iterable[DeadLetter]) -> Table:
    """Dead letters for a person."""
    table = Table("id", "type", "reason", "last", "count", "status", header_style="bold")
    for letter in letters:
        color = "red" if letter["status"] == "open" else "dim"
        table.add_row(
            letter["id"],
            letter.get("event_type", "unknown"),
            plain(f"{letter['reason']}: {reason_of(letter)}"),
            letter["last_at"][:16].replace("T", " "),
            str(letter["count"]),
            f"[{color}]{letter['status']}[/]",
        )
    return table


def as_card(letter: DeadLetter) -> Table:
    """One dead letter with everything that is known of it."""
    table = Table(show_header=False, box=None)
    for name, value in letter.items():
        if name == "field_errors":
            for error in value:
                table.add_row("refused", plain(f"{error['field']}: {error['message']}"))
        else:
            table.add_row(name.replace("_", " "), plain(str(value)))
    return table
