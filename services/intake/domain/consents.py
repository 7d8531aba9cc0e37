"""What has a client agreed to be contacted for?"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The newest word of a client about one purpose and channel (none: every channel)."""

    client_id: str
    purpose: str  # service, feedback, marketing; "all" when everything was withdrawn
    channel: str | None = None
    granted: bool = False
    basis: str | None = None
    stamps: dict[str, str] = field(default_factory=dict)


def consent_key(client_id: str, purpose: str, channel: str | None) -> str:
    """One document per client, purpose and channel."""
    return f"{client_id}.{purpose}.{channel or 'any'}"
