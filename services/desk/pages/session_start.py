"""How does a session begin?"""

from uuid import uuid4

from fastapi import Request
from starlette.responses import Response

from services.desk.domain.sessions import Session, session_hash
from services.desk.pages import cookies
from services.desk.pages.page_context import PageContext
from services.desk.workflow import signing_in


async def begin_session(
    request: Request, context: PageContext, staff_id: str, answer: Response
) -> Response:
    """A new session for this person, told to the browser with this answer.

    The one this browser had before ends.
    """
    id, now = cookies.new_id(), context.now()
    before = cookies.read(context, request, cookies.SESSION)
    instead_of = session_hash(before) if before else None
    session = Session(session_hash=session_hash(id), staff_id=staff_id, began_at=now, seen_at=now)
    await context.desk.act(
        signing_in.begin(session, instead_of),
        signing_in.begin_needs(instead_of),
        f"sign-in-{uuid4().hex}",
    )
    cookies.write(context, answer, cookies.SESSION, id)
    cookies.drop(context, answer, cookies.VISIT)
    return answer
