"""Which part of the task list does an address name?

Everything a person chose stands in the address, so that it can be sent, saved and gone back to.
What an address says that means nothing is left out, not refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from services.desk.api.desk import Desk
from services.desk.api.finding import sought_for
from services.desk.domain.cards import sought_beginnings
from services.desk.domain.due import DueName, window
from services.desk.domain.lists import EVER, Sought, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.rule_words import kind_label
from services.desk.pages.words import PRIORITIES
from shared.contracts.task_kinds import TASK_KINDS

ViewName = Literal["mine", "team", "unassigned", "waiting", "snoozed", "done"]
VIEWS: Mapping[ViewName, str] = Words(
    {
        "mine": N_("Mine"),
        "team": N_("Team"),
        "unassigned": N_("Unassigned"),
        "waiting": N_("Waiting on client"),
        "snoozed": N_("Snoozed"),
        "done": N_("Done"),
    }
)
GROUPED = ("mine", "team", "unassigned")
DUE_NAMES: tuple[str, ...] = get_args(DueName)
DUE_WORDS = Words(
    {"overdue": N_("Overdue"), "today": N_("Due today"), "week": N_("Due within a week")}
)
LONGEST = 100  # characters of a search


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """A view of the list, and what it is narrowed to."""

    view: ViewName = "mine"
    kind: str = ""
    owner: str = ""
    priority: str = ""
    due: str = ""
    client: str = ""
    matter: str = ""
    q: str = ""
    next: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view was chosen."""
        return any(
            (self.kind, self.owner, self.priority, self.due, self.client, self.matter, self.q)
        )

    @property
    def query(self) -> str:
        """What stands behind the question mark, without the place in the list."""
        chosen = {each.name: getattr(self, each.name) for each in fields(self)}
        chosen.pop("next")
        return urlencode({name: value for name, value in chosen.items() if value})

    def address(self, **changes: str) -> str:
        """The address of this list, or of a neighbour of it."""
        changed = replace(self, **{"next": "", **changes})  # type: ignore[arg-type]  # views are names of views
        place = f"&{urlencode({'next': changed.next})}" if changed.next else ""
        return f"/inbox?{changed.query}{place}"


def narrowed_to(
    chosen: InboxFilter, names: Mapping[str, str], client: str = ""
) -> list[tuple[str, str]]:
    """What a list is narrowed to, each in words with the address of the list without it.

    ``names`` of the firm's people; ``client``: what the client is called, for whoever may know.
    """
    owners = {"me": _("You"), "none": _("Nobody"), **names}
    said = (
        ("q", f"“{chosen.q}”"),
        ("kind", kind_label(chosen.kind)),
        ("due", DUE_WORDS.get(chosen.due, "")),
        (
            "priority",
            _("Priority: {priority}").format(priority=PRIORITIES.get(chosen.priority, "")),
        ),
        ("owner", _("With: {owners}").format(owners=owners.get(chosen.owner, chosen.owner))),
        ("client", _("Client {client}").format(client=client or chosen.client)),
        ("matter", _("Matter {matter}").format(matter=chosen.matter)),
    )
    return [(words, chosen.address(**{name: ""})) for name, words in said if getattr(chosen, name)]


def read_inbox_filter(params: Mapping[str, str]) -> InboxFilter:
    """What an address says, as far as it means something."""
    text = {each.name: params.get(each.name, "").strip()[:LONGEST] for each in fields(InboxFilter)}
    text["next"] = params.get("next", "")[:200]
    known: tuple[tuple[str, Iterable[str]], ...] = (
        ("view", VIEWS),
        ("kind", TASK_KINDS),
        ("priority", PRIORITIES),
        ("due", DUE_NAMES),
    )
    for name, names in known:
        if text[name] not in names:
            text[name] = ""
    view = cast("ViewName", text.pop("view") or "mine")
    return InboxFilter(view=view, **text)


async def filter_for(desk: Desk, person: StaffMember, chosen: InboxFilter) -> TaskFilter:
    """The tasks that are meant; never one the person may not deal with."""
    now = desk.runtime.clock.now()
    owner = person.staff_id if chosen.owner == "me" else chosen.owner
    unowned = chosen.view == "unassigned" or owner == "none"
    wanted = TaskFilter(
        may=person,
        kind=chosen.kind or None,
        priority=chosen.priority or None,
        owner_id=None if unowned else owner or None,
        lies_with=person.staff_id if chosen.view == "mine" else None,
        unowned=unowned,
        due=window(cast("DueName", chosen.due), now, desk.zone) if chosen.due else EVER,
        client_id=chosen.client or None,
        matter_id=chosen.matter or None,
        sought=await _sought(desk, chosen) if chosen.q else None,
    )
    return within(wanted, chosen.view)


def within(wanted: TaskFilter, view: ViewName) -> TaskFilter:
    """The same, of one view."""
    match view:
        case "done":
            return replace(wanted, ended=True)
        case "snoozed":
            return replace(wanted, state="snoozed", waiting=False)
        case "waiting":
            return replace(wanted, state="snoozed", waiting=True)
    return replace(wanted, state="open")


async def _sought(desk: Desk, chosen: InboxFilter) -> Sought:
    """Of what has ended, which is much, not by title."""
    found = await sought_for(desk, chosen.q, retold, sought_beginnings(chosen.q))
    return replace(found, titles=()) if chosen.view == "done" else found
