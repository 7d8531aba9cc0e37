"""A step failed: what becomes of its event?

| raised | first tries | after three tries, or taken up again |
|---|---|---|
| RuleError | ignored, with its code | the same |
| PermanentError | dead letter | the same |
| NewerDocumentError (written by a newer release) | parked | the same |
| TemporaryError, a lost race | given back to the stream | parked |
| anything else | given back to the stream | dead letter, with a fingerprint |
"""

from shared.engine.people import ERASED
from shared.engine.received_events import NEWER, Outcome, Work
from shared.errors import PermanentError, RuleError, TemporaryError
from shared.mongo import AlreadyThereError, RepeatError
from shared.state.mappings import NewerDocumentError
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

TRIES_OF_UNEXPECTED = 3
SAID_BY_STEPS = ("", "refused", "permanent", "temporary", "unexpected", "not-heard", ERASED)


def conclude_failed(work: Work, failure: Exception) -> None:
    """Say what becomes of an event whose step failed like this."""
    tries = work.received.deliveries
    work.fingerprint = fingerprint(failure)
    if isinstance(failure, RuleError):
        work.conclude(Outcome.IGNORED, "refused", failure.code)
    elif isinstance(failure, PermanentError):
        work.conclude(Outcome.DEAD, "permanent", failure.message)
    elif isinstance(failure, NewerDocumentError):
        work.conclude(Outcome.PARKED, NEWER, failure.message)
    elif isinstance(failure, TemporaryError) or _lost_a_race(failure):
        parked = tries >= TRIES_OF_UNEXPECTED or work.received.origin == "parked"
        work.conclude(Outcome.PARKED if parked else Outcome.FAILED, "temporary", str(failure))
    else:
        log.error("step_failed", event_type=work.received.event_type,
                  sequence=work.received.sequence, fingerprint=work.fingerprint)  # fmt: skip
        dead = tries >= TRIES_OF_UNEXPECTED or work.received.origin != "stream"
        work.conclude(Outcome.DEAD if dead else Outcome.FAILED, "unexpected")


def _lost_a_race(failure: Exception) -> bool:
    """A key that is derived twice is a defect instead: trying again changes nothing."""
    return isinstance(failure, RepeatError) and not isinstance(failure, AlreadyThereError)


def reopen(work: Work) -> None:
    """Before a repeat, forget what the steps decided; what reading found stays."""
    if work.event is not None and work.reason in SAID_BY_STEPS:
        work.outcome, work.reason, work.message, work.fingerprint = None, "", "", ""


def afresh(work: Work) -> Work:
    """The same event, to be decided again."""
    reopen(work)
    return work
