"""How do lists over memory cut a page, as the database does?"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page, Sought

R = TypeVar("R")


def cut(values: list[R], page: Page, place: Callable[[R], tuple[datetime, str]]) -> list[R]:
    """The page of these values, ordered by their place."""
    ordered = sorted(values, key=place, reverse=page.newest_first)
    if page.after is not None:
        after = (page.after.at, page.after.id)
        ordered = [each for each in ordered if beyond(place(each), after, page.newest_first)]
    return ordered[: page.limit]


def beyond(at: tuple[datetime, str], after: tuple[datetime, str], newest_first: bool) -> bool:
    """Whether a value stands beyond the place a page begins after."""
    return at < after if newest_first else at > after


def is_sought(task: ListedTask, sought: Sought) -> bool:
    """Whether this task is one that was looked for."""
    ids = {task.task_id, *task.about.values()}
    return (
        sought.words in ids
        or task.kind in sought.kinds
        or task.about.get("client_id") in sought.client_ids
        or task.about.get("inquiry_id") in sought.inquiry_ids
        or task.title in sought.titles
    )
