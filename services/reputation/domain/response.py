"""How does a reply to a review come to be published?

Drafted, edited, approved by somebody else, published exactly as approved. An approval holds for one
text (by its hash) and one revision of the review; when either changes, it is void.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from services.reputation.domain.sole_practice import SolePractice
from shared.contracts.keys import id_made_of
from shared.errors import RuleError

LAWYERS = frozenset({"lawyer", "partner"})

State = Literal["draft", "approved", "published", "no-response", "review-removed"]
What = Literal[
    "drafted",
    "edited",
    "chosen",
    "approved",
    "void",
    "published",
    "refused-by-site",
    "no-response",
    "review-removed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of a reply's history."""

    at: datetime
    what: What
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved which text, for which revision of the review."""

    approver_id: str
    at: datetime
    text_hash: str
    revision: int
    alone: bool = False  # by its own author, in a sole practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The one reply to a review."""

    response_id: str
    review_key: str
    review_id: str
    site: str = ""  # sealed
    text: str = ""  # sealed
    reason: str | None = None  # sealed: why there is no reply, or why the site refused it
    state: State = "draft"
    draft: int = 0  # how many texts there have been
    revision: int = 1  # of the review this answers
    author_id: str | None = None  # nobody: the words are the firm's own
    approval: Approval | None = None
    task_id: str = ""
    report_id: str | None = None  # the last report of the review to its site
    history: tuple[Happened, ...] = ()


def response_id_for(review_key: str) -> str:
    """The one reply to a review."""
    return id_made_of("response", review_key)


def hash_of(text: str) -> str:
    """What an approval is bound to: SHA-256 of the exact text."""
    return hashlib.sha256(text.encode()).hexdigest()


def drafted(response: Response, text: str, revision: int, now: datetime) -> Response:
    """The firm's own words replace whatever there was."""
    fresh = replace(
        response,
        state="draft",
        text=text,
        draft=response.draft + 1,
        revision=revision,
        author_id=None,
        approval=None,
        reason=None,
    )
    return _with(fresh, "drafted", now)


def edited(response: Response, text: str, author_id: str, now: datetime) -> Response:
    """A person's text: they are its author from now on."""
    _must_be(response, "draft")
    mine = replace(response, text=text, draft=response.draft + 1, author_id=author_id)
    return _with(mine, "edited", now, author_id)


def chosen(response: Response, text: str, by: str, now: datetime) -> Response:
    """A person picked or put together sentences of the firm: nobody is their author."""
    _must_be(response, "draft")
    picked = replace(response, text=text, draft=response.draft + 1, author_id=None)
    return _with(picked, "chosen", now, by)


def approved(
    response: Response,
    *,
    lawyer_because: str | None,
    approver_id: str,
    roles: Iterable[str],
    now: datetime,
    sole: SolePractice | None = None,
    reason: str = "",
) -> Response:
    """Approved by somebody who did not write it and, where there is a reason, by a lawyer.

    In a sole practice by its author too: later, and with a reason of their own.
    """
    _must_be(response, "draft")
    alone = approver_id == response.author_id
    if alone and sole is None:
        raise RuleError(
            "You wrote this reply or changed it, so a colleague has to approve it.", code="own-text"
        )
    if lawyer_because and not LAWYERS & set(roles):
        raise RuleError(
            f"A lawyer or a partner has to approve this reply: {lawyer_because}.",
            code="needs-lawyer",
        )
    if alone and sole is not None:
        sole.check(written_at(response), reason, now)
        response = replace(response, reason=reason.strip())
    approval = Approval(
        approver_id=approver_id,
        at=now,
        text_hash=hash_of(response.text),
        revision=response.revision,
        alone=alone,
    )
    return _with(
        replace(response, state="approved", approval=approval), "approved", now, approver_id
    )


def written_at(response: Response) -> datetime:
    """When a person last wrote its words."""
    return max(each.at for each in response.history if each.what == "edited")


def voided(response: Response, revision: int, now: datetime) -> Response:
    """The review was changed: what a person wrote is kept as a draft, approved or not."""
    again = replace(response, state="draft", approval=None, revision=revision)
    return _with(again, "void", now)


def approved_text(response: Response, revision: int) -> str:
    """Exactly the approved text; refused if it, or the review, is not as it was approved for."""
    approval = response.approval
    if approval is None:
        raise RuleError("This reply is not approved.", code="not-approved")
    if hash_of(response.text) != approval.text_hash:
        raise RuleError("The text was changed after its approval.", code="text-changed")
    if revision != approval.revision:
        raise RuleError("The review was changed after the approval.", code="review-changed")
    return response.text


def published(response: Response, revision: int, by: str, now: datetime) -> Response:
    """It stands on the site, exactly as approved."""
    _must_be(response, "approved")
    approved_text(response, revision)
    return _with(replace(response, state="published"), "published", now, by)


def refused_by_site(response: Response, reason: str, by: str, now: datetime) -> Response:
    """The site did not take it: a draft again, with its text kept."""
    _must_be(response, "approved")
    again = replace(response, state="draft", approval=None, reason=reason)
    return _with(again, "refused-by-site", now, by)


def without_reply(response: Response, reason: str, by: str, now: datetime) -> Response:
    """Decided not to answer, for a reason."""
    _must_be(response, "draft")
    return _with(replace(response, state="no-response", reason=reason), "no-response", now, by)


def pointless(response: Response, now: datetime) -> Response:
    """The review was removed: what was not published never will be, what was is gone with it."""
    if response.state in {"draft", "approved"}:
        response = replace(response, state="review-removed", approval=None)
    return _with(response, "review-removed", now)


def _must_be(response: Response, state: State) -> None:
    if response.state != state:
        raise RuleError(f"This reply is {response.state}, not {state}.", code="wrong-state")


def _with(response: Response, what: What, now: datetime, by: str | None = None) -> Response:
    return replace(response, history=(*response.history, Happened(at=now, what=what, by=by)))
