"""How many wrong passwords or codes are too many?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInPaces:
    """How often in which time; ``10/15 minute``."""

    person: str = "10/15 minute"  # from one known device, or from one address
    address: str = "60/15 minute"  # whoever is tried from there
    elsewhere: str = "300/hour"  # one person from all devices on which they never signed in


CODES = SignInPaces(person="5/15 minute", address="60/15 minute", elsewhere="20/hour")
