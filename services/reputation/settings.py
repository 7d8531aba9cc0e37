"""What does reputation need to be told before it starts?"""

from typing import Self

from pydantic import model_validator

from services.reputation.domain.ask import AskingSite
from services.reputation.domain.draft import FirmProfile, Profile
from services.reputation.domain.language import Language
from shared.process.settings import Settings


class ReputationSettings(Settings):
    """Where clients are asked for a review, and how the firm answers in public."""

    review_site: str = "google"
    review_page_url: str = "https://reviews.example/your-firm"  # a sample: set the firm's own
    reply_profile: Profile = "strict"
    firm_language: Language = "en"

    @model_validator(mode="after")
    def _may_ask_there(self) -> Self:
        self.asking_site()
        return self

    def asking_site(self) -> AskingSite:
        """Where every client is asked; ValueError on a site that forbids asking."""
        return AskingSite(site=self.review_site, page_url=self.review_page_url)

    def firm_profile(self) -> FirmProfile:
        """How the firm answers."""
        return FirmProfile(language=self.firm_language, profile=self.reply_profile)
