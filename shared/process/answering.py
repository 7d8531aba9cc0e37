"""Which requests does a service answer, and with what?"""

from collections.abc import Sequence
from functools import partial

from shared.bus.request_reply import Answering
from shared.contracts.requests import RequestType
from shared.engine.dead_letters import DeadLetters
from shared.engine.due_work import DueWork
from shared.engine.parked_events import ParkedEvents
from shared.engine.runtime import Runtime
from shared.process.app import App, OwnRequest
from shared.process.settings import Settings
from shared.process.values_in_force import mistakes_by
from shared.requests.actors import ActorVerifier, proved
from shared.requests.dead_letters import SETTLEMENTS, answer_settlements
from shared.requests.decisions import DECISIONS, PREVIEWS, answer_decisions, answer_previews
from shared.requests.figures import FIGURES, answer_figures
from shared.requests.folders import FOLDERS, answer_folders
from shared.requests.links import LINKS, answer_links
from shared.requests.ops import answer_ops, ops_request
from shared.requests.records import RECORDS, answer_records
from shared.requests.views import VIEWS, answer_views


def requests_of(app: App, *, may_fail: bool = False) -> list[RequestType]:
    """What may be asked of a service: the same of all, and what only it answers."""
    ops = ops_request(app.ops, may_fail=may_fail)
    own = [each.type for each in app.answers]
    return [DECISIONS, PREVIEWS, VIEWS, LINKS, FIGURES, SETTLEMENTS, RECORDS, FOLDERS, ops, *own]


def answers_of(
    app: App,
    runtime: Runtime,
    letters: DeadLetters,
    parked: ParkedEvents,
    due: Sequence[DueWork],
    settings: Settings,
) -> dict[str, Answering]:
    """How a running service answers each of them, by verb."""
    verifier = settings.actor_verifier()
    kinds = [each.kind for each in app.due]
    decide = answer_decisions(runtime, app.deciders)
    preview = answer_previews(runtime, app.deciders)
    settle = answer_settlements(letters)
    tell = answer_records(runtime, app.records)
    return {
        DECISIONS.verb: proved(decide, f"{DECISIONS.verb}.{app.name}", verifier),
        PREVIEWS.verb: proved(preview, f"{PREVIEWS.verb}.{app.name}", verifier),
        VIEWS.verb: proved(answer_views(runtime, app.views), f"{VIEWS.verb}.{app.name}", verifier),
        LINKS.verb: answer_links(runtime, app.links),
        FIGURES.verb: answer_figures(runtime, letters, parked, kinds, app.figures),
        SETTLEMENTS.verb: proved(settle, f"{SETTLEMENTS.verb}.{app.name}", verifier),
        RECORDS.verb: proved(tell, f"{RECORDS.verb}.{app.name}", verifier),
        FOLDERS.verb: answer_folders(partial(mistakes_by, app, settings), app.shipped),
        "ops": answer_ops(runtime, letters, due, app.ops),
        **{each.type.verb: _own(each, app, runtime, verifier) for each in app.answers},
    }


def _own(each: OwnRequest, app: App, runtime: Runtime, verifier: ActorVerifier | None) -> Answering:
    answer = partial(each.answer, runtime)
    if not each.signed:
        return answer
    return proved(answer, f"{each.type.verb}.{app.name}", verifier)
