"""How is the desk wired? The only place here that knows concrete classes."""

from fastapi import FastAPI

from services.desk.gateways import NatsOwners
from services.desk.listeners import listeners
from services.desk.pages.api import add_pages
from services.desk.pages.desk import SOURCE, Desk
from services.desk.settings import DeskSettings
from services.desk.staff import DECIDERS, VIEWS
from services.desk.storage import SHELVES, MongoStaffBook, MongoTaskList, MongoTimeline
from services.desk.workflow.seeding import seed, seed_needs
from shared.contracts.envelope import Cause
from shared.process.app import App
from shared.process.run import run
from shared.process.runtime import Runtime


def build() -> App:
    """The desk as a service."""
    settings = DeskSettings()
    return App(
        name="desk",
        title="Clientele: the desk",
        listeners=listeners(settings.zone),
        shelves=SHELVES,
        deciders=DECIDERS,
        views=VIEWS,
        pages=lambda web, runtime: _pages(web, runtime, settings),
        start=lambda runtime: let_in(runtime, settings),
        hears_all=True,
        says=("task-created", "task-completed"),
    )


async def let_in(runtime: Runtime, settings: DeskSettings) -> None:
    """Read the file of staff and keys, if one is named, and let in exactly those."""
    seeds = settings.seeds()
    if seeds is None:
        return
    book = MongoStaffBook(runtime)
    staff, keys = await book.everybody(), await book.keys()
    cause = Cause(SOURCE, "start", "start", "start", None, runtime.clock.now())
    await runtime.act(seed(seeds, staff, keys), seed_needs(seeds, staff, keys), cause=cause)


def _pages(web: FastAPI, runtime: Runtime, settings: DeskSettings) -> None:
    desk = Desk(
        runtime=runtime,
        tasks=MongoTaskList(runtime),
        timeline=MongoTimeline(runtime),
        staff=MongoStaffBook(runtime),
        owners=NatsOwners(runtime),
        zone=settings.zone,
    )
    add_pages(web, desk)


if __name__ == "__main__":
    run(build)
