"""Is a part that dies started again, with longer pauses each time?"""

from dataclasses import dataclass, field

import pytest

from deploy.infra.ports import PortTakenError
from deploy.trial import restarts
from deploy.trial.restarts import LONGEST_PAUSE, RUN_WELL_SECONDS, RestartingPart


@dataclass
class Fragile:
    """A part that dies when told to."""

    alive: bool = True
    exit_code: int | None = -9
    refuses: bool = False
    starts: int = 0

    def start(self) -> None:
        self.starts += 1
        if self.refuses:
            raise PortTakenError
        self.alive = True


@dataclass
class Scene:
    """A part, its upkeep, what was said, and a clock the test moves."""

    part: Fragile = field(default_factory=Fragile)
    said: list[str] = field(default_factory=list)
    now: float = 1000.0

    def watch(self) -> RestartingPart:
        return RestartingPart(
            "feedback", self.part, lambda name, what: self.said.append(f"{name} {what}")
        )

    def pause_before_restart(self, kept: RestartingPart) -> float:
        """Kill the part and say how long it stays down."""
        self.part.alive, died = False, self.now
        while not kept.tend():
            self.now += 0.1
        return self.now - died


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    scene = Scene()
    monkeypatch.setattr(restarts, "monotonic", lambda: scene.now)
    return scene


def test_a_living_part_is_left_alone(scene: Scene) -> None:
    assert not scene.watch().tend()
    assert scene.part.starts == 0


def test_the_first_death_is_answered_at_once(scene: Scene) -> None:
    assert scene.pause_before_restart(RestartingPart("x", scene.part, lambda *_: None)) < 0.2


def test_what_keeps_dying_waits_longer_each_time_up_to_a_limit(scene: Scene) -> None:
    kept = scene.watch()
    kept.tend()
    pauses = [scene.pause_before_restart(kept) for _ in range(12)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(LONGEST_PAUSE, abs=0.2)


def test_a_part_that_ran_well_starts_over(scene: Scene) -> None:
    kept = scene.watch()
    for _ in range(8):
        scene.pause_before_restart(kept)
    scene.now += RUN_WELL_SECONDS + 1
    assert scene.pause_before_restart(kept) < 0.2


def test_a_death_and_a_restart_are_said(scene: Scene) -> None:
    scene.pause_before_restart(scene.watch())
    assert scene.said == ["feedback ended with exit code -9", "feedback started again"]


def test_a_restart_that_fails_is_tried_again_later(scene: Scene) -> None:
    kept = scene.watch()
    scene.part.alive, scene.part.refuses = False, True
    assert not kept.tend()
    assert not kept.tend()
    assert scene.part.starts == 1
