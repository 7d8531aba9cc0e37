"""How is the intake service put together?"""

from services.intake.listeners import listeners
from services.intake.staff import deciders, views
from services.intake.storage import SHELVES
from shared.contracts import intake, tasks
from shared.process.app import App
from shared.process.run import run

SAYS = (
    intake.ConflictDetected.TYPE,
    intake.ConflictCleared.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build() -> App:
    """The service, ready to run."""
    return App(
        name="intake",
        title="Clientele intake",
        listeners=listeners(),
        shelves=SHELVES,
        deciders=deciders(),
        views=views(),
        says=SAYS,
    )


if __name__ == "__main__":
    run(build)
