"""Where does a service spend its time?

``python -m tests.bench.sampling services.intake.app OUT.json`` runs a service as always, while a
thread looks at all its threads every few milliseconds and notes what those that work are doing.
Cheaper than a tracing profiler, so the proportions stay those of the unwatched service. The
interpreter is told to change threads often, or the watcher would only ever see the others where
they let go by themselves.
"""

import json
import runpy
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

EVERY_SECONDS = 0.003
SWITCH_SECONDS = 0.0002
WIRING = ("/app.py", "/shared/process/run.py")  # below everything else: says nothing
IDLE = {
    ("selectors.py", "select"), ("threading.py", "wait"), ("thread.py", "_worker"),
    ("network_layer.py", "receive_data"), ("network_layer.py", "wait_for_read"),
    ("network_layer.py", "recv_into"), ("threading.py", "_wait_for_tstate_lock"),
    ("network.py", "receive_message"), ("periodic_executor.py", "_run"),
    ("network_layer.py", "_recv_into"), ("thread.py", "run"), ("socket_checker.py", "select"),
}  # fmt: skip
PLACES = (
    ("the service's own rules and steps", "/services/"),
    ("reading and writing events", "/shared/contracts/"),
    ("keys and sealing", "/shared/state/keys.py"),
    ("documents to and from the database's form", "/shared/state/mappings.py"),
    ("the unit of work", "/shared/state/unit_of_work.py"),
    ("the unit of work", "/shared/state/document_types.py"),
    ("loading and committing", "/shared/state/store.py"),
    ("publishing", "/shared/bus/publisher.py"),
    ("publishing", "/shared/engine/outbox.py"),
    ("settling", "/shared/engine/batch_records.py"),
    ("fetching", "/shared/bus/pull_engine.py"),
    ("consuming", "/shared/engine/consuming.py"),
    ("due work", "/shared/engine/due_work.py"),
    ("BSON and the driver", "/pymongo/"),
    ("BSON and the driver", "/bson/"),
    ("BSON and the driver", "/motor/"),
    ("the NATS client", "/nats/"),
    ("metrics", "/prometheus_client/"),
    ("FastStream", "/faststream/"),
    ("SMTP", "/aiosmtplib/"),
)


class Sampler(threading.Thread):
    """Looks at the other threads until told to stop."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.counts: Counter[str] = Counter()
        self.lines: Counter[str] = Counter()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look again and again."""
        own = threading.get_ident()
        while not self._stopped.wait(EVERY_SECONDS):
            for ident, frame in sys._current_frames().items():
                if ident != own and not _idle(frame):
                    self.counts[place_of(_filenames(frame))] += 1
                    self.lines[_line(frame)] += 1

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self.join()


def _idle(frame: FrameType) -> bool:
    code = frame.f_code
    return (code.co_filename.rsplit("/", 1)[-1], code.co_name) in IDLE


def place_of(filenames: Sequence[str]) -> str:
    """The innermost of these, outermost first, that belongs to a known place."""
    for filename in reversed(filenames):
        for place, part in PLACES:
            if part in filename and not filename.endswith(WIRING):
                return place
    return "asyncio and the rest"


def _filenames(frame: FrameType | None) -> list[str]:
    found = []
    while frame is not None:
        found.append(frame.f_code.co_filename)
        frame = frame.f_back
    return found[::-1]


def _line(frame: FrameType) -> str:
    code = frame.f_code
    return f"{'/'.join(code.co_filename.rsplit('/', 2)[-2:])}:{frame.f_lineno} {code.co_name}"


def main(module: str, out: Path) -> None:
    """Run the service, watched."""
    sys.setswitchinterval(SWITCH_SECONDS)
    sampler = Sampler()
    sampler.start()
    try:
        sys.argv = [module]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        sampler.stop()
        found = {"places": sampler.counts, "lines": dict(sampler.lines.most_common(60))}
        out.write_text(json.dumps(found, indent=1), encoding="utf-8")


def shares(path: Path) -> dict[str, float]:
    """Which share of the working time each place had."""
    counts: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["places"]
    total = sum(counts.values()) or 1
    return {place: count / total for place, count in counts.items()}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
