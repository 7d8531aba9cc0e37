"""Who may see what the firm knows of a client?

Everybody whose work is with clients. Whoever only keeps the machines running works with ids, and
nobody reads on a timeline of a task that is about their own work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember
from services.desk.domain.timeline import Entry
from services.desk.domain.walls import NotAllowedError, check_unscreened, walled_off

WITH_CLIENTS = ("assistant", "lawyer", "partner", "conflicts-officer")


def may_see_clients(person: StaffMember) -> bool:
    """Whether this person's work is with clients."""
    return any(person.has(role) for role in WITH_CLIENTS)


def roles_for_asking(roles: Iterable[str], about: Mapping[str, str]) -> tuple[str, ...]:
    """In which of these roles somebody may be asked for something about this.

    What is about a client is for those whose work is with clients.
    """
    is_about_client = "client_id" in about or "matter_id" in about
    return tuple(each for each in roles if each in WITH_CLIENTS or not is_about_client)


def check_sees_clients(person: StaffMember) -> None:
    """Refuse whoever's work is not with clients."""
    if not may_see_clients(person):
        message = f"Clients are seen by: {', '.join(WITH_CLIENTS)}."
        raise NotAllowedError(message, code="wrong-role")


def check_sees_client(person: StaffMember, client_id: str) -> None:
    """Refuse whoever's work is not with clients, and whom a wall keeps from this one."""
    check_sees_clients(person)
    check_unscreened({"client_id": client_id}, person.screened)


def check_sees_inquiry(person: StaffMember, inquiry_id: str) -> None:
    """The same of somebody who asked the firm for help."""
    check_sees_clients(person)
    check_unscreened({"inquiry_id": inquiry_id}, person.screened)


def seen_entries(
    entries: Iterable[Entry], tasks: Mapping[str, ListedTask | None], person: StaffMember
) -> list[Entry]:
    """The entries without those of tasks this person is barred or screened from.

    Where a task is for other roles, its line stays and leads nowhere.
    """
    seen: list[Entry] = []
    for entry in entries:
        task = tasks.get(entry.task_id or "")
        if task is None or may_decide(task, person):
            seen.append(entry)
        elif person.staff_id not in task.barred and not walled_off(task.about, person.screened):
            seen.append(replace(entry, task_id=None))
    return seen
