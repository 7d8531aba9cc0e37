"""Does what the driver says of a database that cannot answer now become a reason to wait?"""

import pytest
from pymongo.errors import (
    AutoReconnect,
    ConfigurationError,
    NotPrimaryError,
    OperationFailure,
    WriteConcernError,
)

from shared.errors import TemporaryError
from shared.mongo import _commit, answering

INTERRUPTED = WriteConcernError("exceeded transactionLifetimeLimitSeconds", code=290)


class Session:
    """A transaction whose commit is answered like this, one answer for each time it is asked."""

    def __init__(self, *answers: Exception | None) -> None:
        self.left = list(answers)

    def commit_transaction(self) -> None:
        answer = self.left.pop(0)
        if answer is not None:
            raise answer


@pytest.mark.parametrize(
    "failure",
    [
        AutoReconnect("connection closed"),
        NotPrimaryError("not primary"),
        OperationFailure("shutting down", code=91),
        INTERRUPTED,
        ConfigurationError("Sessions are not supported by this MongoDB deployment"),
    ],
)
def test_a_database_that_stops_or_starts_is_waited_for(failure: Exception) -> None:
    with pytest.raises(TemporaryError), answering():
        raise failure


def test_a_commit_that_was_made_and_not_confirmed_is_asked_for_again() -> None:
    session = Session(INTERRUPTED, None)
    _commit(session)
    assert session.left == []


def test_a_commit_that_is_never_confirmed_is_waited_for() -> None:
    with pytest.raises(TemporaryError), answering():
        _commit(Session(*[INTERRUPTED] * 5))


def test_a_commit_that_is_refused_is_not_asked_for_again() -> None:
    session = Session(OperationFailure("not authorized", code=13), None)
    with pytest.raises(OperationFailure):
        _commit(session)
    assert session.left == [None]
