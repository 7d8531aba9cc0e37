"""What can go wrong, and what happens then?

Three kinds, each with one consequence. A listener, page or decision never catches them: the
consuming engine and the web layer do, once.
"""


class ClienteleError(Exception):
    """Something in Clientele went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())

    @property
    def message(self) -> str:
        """The sentence a person reads; never a name, address or free text of a client."""
        return str(self.args[0])


class RuleError(ClienteleError):
    """A rule of the firm says no.

    The event is acknowledged and counted; a page answers 409, or 422 when ``field`` names the
    input that was refused.
    """

    def __init__(
        self, message: str | None = None, *, code: str = "refused", field: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class TemporaryError(ClienteleError):
    """Something outside is away; the same step will succeed later. Retried, then parked."""


class PermanentError(ClienteleError):
    """This event can never be applied. It becomes a dead letter with its reason."""


class StaleVersionError(RuleError):
    """Somebody changed this in the meantime; look at it again before you decide."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message, code="stale-version")


class NobodyAnswersError(TemporaryError):
    """The service that was asked is away; ask again in a moment."""
