"""In whose name does the firm speak to Google, and where?"""

from dataclasses import dataclass
from pathlib import Path

API, TOKENS = "https://mybusiness.googleapis.com", "https://oauth2.googleapis.com/token"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleAccount:
    """The firm's app there; the two files are secrets, read whenever a token is asked for.

    ``seconds``: for one request.
    """

    client_id: str
    client_secret: Path
    refresh_token: Path
    api: str = API
    tokens: str = TOKENS
    seconds: float = 30.0
