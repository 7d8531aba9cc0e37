"""Where does a person go once a task is decided?

To the next task of the list they came from, in its order; to the list itself once that is empty,
and to any other page they came from.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import EPOCH, Page, Place
from services.desk.pages.inbox_filter import GROUPED, filter_for, read_inbox_filter
from services.desk.pages.visitor import Visit


async def place_after(visit: Visit, decided: ListedTask, back: str) -> str:
    """The address to go to, after a task that was reached from ``back``."""
    split = urlsplit(back)
    chosen = read_inbox_filter(dict(parse_qsl(split.query)))
    if split.path != "/inbox" or chosen.view not in GROUPED:
        return back
    desk = visit.context.desk
    wanted = await filter_for(desk, visit.person, chosen)
    here = Place(decided.due_at or EPOCH, decided.task_id)
    for page in (Page(limit=1, after=here), Page(limit=2)):
        for each in await desk.tasks.page(wanted, page):
            if each.task_id != decided.task_id:
                return f"/tasks/{each.task_id}?{urlencode({'back': back})}"
    return back
