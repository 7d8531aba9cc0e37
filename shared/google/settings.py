"""How do settings say in whose name the firm speaks to Google?"""

from pathlib import Path
from typing import Protocol

from shared.firm.setting_source import SettingError
from shared.google.account import GoogleAccount


class SaysAccount(Protocol):
    """The settings of a service that speaks to Google."""

    google_client_id: str
    google_client_secret_file: Path | None
    google_refresh_token_file: Path | None
    google_api_url: str
    google_token_url: str


def google_account(said: SaysAccount) -> GoogleAccount | None:
    """The account; None where there is no app. SettingError names what is missing beside one."""
    if not said.google_client_id:
        return None
    return GoogleAccount(
        client_id=said.google_client_id,
        client_secret=_beside_it("google_client_secret_file", said.google_client_secret_file),
        refresh_token=_beside_it("google_refresh_token_file", said.google_refresh_token_file),
        api=said.google_api_url.rstrip("/"),
        tokens=said.google_token_url,
    )


def _beside_it(name: str, file: Path | None) -> Path:
    if file is None:
        raise SettingError(name, "must be set where google_client_id is")
    return file
