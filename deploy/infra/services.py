"""Which services are there? One line each; what an installation has for a service follows from it.

Ports, NATS grants, users of both servers, secrets, what the supervisor starts, ``nats.conf`` and
``prometheus.yml`` are made from this list. What stands in files written by hand is compared with
it: ``deploy/infra/missing_lines.py`` names each line that is not there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """One service, as the parts around it must know it."""

    name: str
    port: int  # counted from the first port of an installation
    asks: tuple[str, ...] = ()  # the subjects of requests it makes
    answers: tuple[str, ...] = ()  # requests only it answers, beside those every service does
    sends_mail: bool = False
    passes_on: bool = False  # says what systems of the firm say that cannot publish themselves
    reads_past: bool = False  # reads what the stream has kept, beside its own consumer
    erases: bool = False  # takes events of erased persons out of the stream
    keeps_staff: bool = False  # is told on its first start who works here, with their keys


SPECS = (
    ServiceSpec(
        "desk",
        0,
        asks=(
            "decisions.*",
            "previews.*",
            "views.*",
            "figures.*",
            "settlements.*",
            "records.*",
            "digests.reminders",
            "checks.intake",
            "cards.intake",
            "currents.intake",
            "finds.intake",
            "restrictions.intake",
            "outgoing.reminders",
            "editions.reminders",
            "senders.reminders",
            "reports.feedback",
            "concerns.feedback",
            "reviews.reputation",
            "imports.gateway",
        ),
        answers=("digests",),
        keeps_staff=True,
    ),
    ServiceSpec(
        "intake",
        1,
        answers=("checks", "cards", "currents", "finds", "restrictions"),
        erases=True,
    ),
    ServiceSpec(
        "reminders",
        2,
        asks=("links.*", "digests.desk", "folders.*"),
        answers=("digests", "outgoing", "editions", "senders"),
        sends_mail=True,
        reads_past=True,
    ),
    ServiceSpec("feedback", 3, answers=("reports", "concerns")),
    ServiceSpec("reputation", 4, answers=("reviews",)),
    ServiceSpec("gateway", 5, answers=("imports",), passes_on=True),
)
SERVICES = tuple(each.name for each in SPECS)
SPEC_OF = {each.name: each for each in SPECS}
