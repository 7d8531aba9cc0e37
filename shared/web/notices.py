"""What does somebody read whose way ends here, of whom nothing is known?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shared.web.language import Language

LOST = 404  # what any other status is said as


@dataclass(frozen=True, slots=True)
class Notices:
    """The sentences of one language, by status; and what to do next, where there is something."""

    said: Mapping[int, str]
    next: Mapping[int, str]


SHIPPED: Mapping[Language, Notices] = MappingProxyType(
    {
        "en": Notices(
            said={
                403: "This form did not come from our page.",
                404: "This link does not work, or no longer works.",
                413: "This is more than we can take.",
                415: "Please use the form on our page.",
                429: "Please try again in a minute.",
                500: "Something went wrong on our side.",
                503: "Please try again in a minute.",
            },
            next={
                403: "Please open the link in our message again.",
                404: "Please use the link in our newest message to you, the whole of it.",
                429: "There were many tries just now. Nothing is lost.",
                500: "We have been told of it. Please try again later.",
                503: "Our pages are being looked after. Nothing is lost.",
            },
        ),
        "de": Notices(
            said={
                403: "Dieses Formular kam nicht von unserer Seite.",
                404: "Dieser Link gilt nicht oder nicht mehr.",
                413: "Das ist mehr, als wir annehmen können.",
                415: "Bitte nutzen Sie das Formular auf unserer Seite.",
                429: "Bitte versuchen Sie es in einer Minute noch einmal.",
                500: "Bei uns ist etwas schiefgegangen.",
                503: "Bitte versuchen Sie es in einer Minute noch einmal.",
            },
            next={
                403: "Bitte öffnen Sie noch einmal den Link in unserer Nachricht.",
                404: "Bitte nutzen Sie den vollständigen Link in unserer neuesten Nachricht.",
                429: "Gerade gab es viele Versuche. Es ist nichts verloren.",
                500: "Wir erfahren davon. Bitte versuchen Sie es später noch einmal.",
                503: "Wir arbeiten gerade an unseren Seiten. Es ist nichts verloren.",
            },
        ),
    }
)
