"""How is what a person writes for colleagues kept?

On a task's page the note stands in the form of the decision as ``beside``, so that deciding never
loses it; alone and for many tasks it is ``text``.
"""

from services.desk.domain.holding import check_allowed
from services.desk.domain.outcomes import Change
from services.desk.pages.language import _
from services.desk.pages.visitor import SentForm
from services.desk.workflow import holding
from services.desk.workflow.undoing import watched
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.web.forms import Typed

LONGEST_NOTE = 10_000


def note_in(typed: Typed) -> str:
    """The note in a form; empty where none was typed, refused where it is too long."""
    text = (typed.one("beside") or typed.one("text")).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise RuleError(
            _("Use at most {note} characters.").format(note=LONGEST_NOTE),
            code="too-long",
            field="text",
        )
    return text


def some_note_in(typed: Typed) -> str:
    """The note in a form that is for nothing else."""
    text = note_in(typed)
    if not text:
        raise RuleError(_("Write a note first."), code="missing", field="text")
    return text


async def keep_note(form: SentForm, task_id: str, text: str) -> Change:
    """Keep it with the task; the same form sent twice keeps it once."""
    id, person = f"{form.id}-{task_id}-note", form.visit.person

    def step(unit: UnitOfWork) -> Change:
        check_allowed(holding.seen_task(unit, task_id), person)
        return watched(task_id, holding.note(task_id, text, person), id)(unit)

    return await form.visit.context.desk.act(step, holding.task_and_note(task_id, id), id)
