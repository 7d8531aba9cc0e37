"""Does a process go on by other values once, and not at all once it is told to stop?"""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.clock import Clock, real_now
from shared.editions import NAME, VALUES, ValuesInForce
from shared.mongo import connect
from shared.process.app import App, Told
from shared.process.run import ServiceProcess
from shared.process.settings import Settings
from shared.process.values_in_force import ValuesWatch, kept_values, of_folder
from shared.state.unit_of_work import UnitOfWork
from tests.core.sample import sample_app

FILES = ({"place": "firm.toml", "text": '[firm]\nname = "By an edition"\n'},)


def in_force() -> Any:
    """What the watch asks a running process: an edition is in force."""
    kept = ValuesInForce(edition=1, from_at=real_now() - timedelta(seconds=1), files=FILES)

    async def fill_plainly(unit: UnitOfWork, _: Sequence[Any]) -> None:
        unit.load(VALUES, NAME, kept, 1)

    store = SimpleNamespace(fill_plainly=fill_plainly)
    return SimpleNamespace(name="intake", clock=Clock(), store=store)


def watch_of(again: Callable[[Told], App]) -> ValuesWatch:
    """A process that goes by what is shipped, and how it is built anew."""
    settings = Settings()
    return ValuesWatch(replace(sample_app(), again=again), settings, of_folder(settings))


async def test_it_is_built_by_them_once_however_long_it_takes_to_end() -> None:
    folders: list[Path] = []

    def again(told: Told) -> App:
        folders.append(told["firm_dir"])
        return sample_app()

    watch = watch_of(again)
    assert await watch.are_others(in_force())
    assert await watch.are_others(in_force())
    assert len(folders) == 1
    watch.go_on_no_more()


async def test_told_to_stop_it_goes_on_as_nothing_else_and_leaves_no_folder() -> None:
    watch = watch_of(lambda _: sample_app())
    assert await watch.are_others(in_force())
    following = watch.following
    assert following is not None
    folder = following.by.folder
    watch.go_on_no_more()
    assert watch.following is None
    assert folder is not None
    assert not folder.exists()
    assert not await watch.are_others(in_force())


async def test_told_to_stop_while_it_is_built_it_goes_on_as_nothing_else() -> None:
    folders: list[Path] = []

    def again(told: Told) -> App:
        folders.append(told["firm_dir"])
        watch.go_on_no_more()
        return sample_app()

    watch = watch_of(again)
    await watch.are_others(in_force())
    assert watch.following is None
    assert [each.exists() for each in folders] == [False]


async def test_a_signal_is_heard_while_it_is_about_to_go_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = ServiceProcess(replace(sample_app(), again=lambda _: sample_app()), settings)

    async def start() -> None:
        assert await process.values.are_others(in_force())
        os.kill(os.getpid(), signal.SIGTERM)

    async def leave() -> None:
        process._database.close()

    monkeypatch.setattr(process, "start", start)
    monkeypatch.setattr(process, "leave", leave)
    await process.run()
    assert process.values.following is None


async def test_what_a_newer_release_has_kept_is_read_by_an_older_one(
    mongo_server: EmbeddedMongo,
) -> None:
    """It kept more of an edition: the one before still starts, by what it knows."""
    url = mongo_server.url("intake")
    database = connect(url, "intake")
    kept = {"name": NAME, "edition": 7, "from_at": real_now(), "files": [*FILES], "colour": "red"}
    row = {"_id": NAME, "v": 1, "sv": 1, "d": kept}
    rows = database.collection(VALUES.collection)
    await rows.replace_one({"_id": NAME}, row, upsert=True)
    read = await kept_values(url, "intake")
    await rows.delete_one({"_id": NAME})
    database.close()
    assert read is not None
    assert (read.edition, list(read.files)) == (7, [*FILES])
