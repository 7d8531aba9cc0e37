"""Which addresses do clients and inquirers reach?"""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, FastAPI

from services.intake.domain.forms import Form
from services.intake.pages.confirming import ConfirmPages
from services.intake.pages.inquiring import FirstStepPages
from services.intake.pages.own_words import in_own_languages, intake_words
from services.intake.pages.preferences import PreferencePages
from services.intake.pages.site import Site
from services.intake.pages.telling import SecondStepPages
from services.intake.pages.understanding import UnderstandingPages
from services.intake.pages.unsubscribing import UnsubscribePages
from services.intake.ports import FirmConfig
from services.intake.settings import IntakeSettings
from shared.engine.runtime import Runtime
from shared.web.clients import add_common

READ, WRITE = ["GET", "HEAD"], ["POST"]


def pages(
    settings: IntakeSettings, forms: Mapping[str, Form], config: FirmConfig
) -> Callable[[FastAPI, Runtime], None]:
    """Adds intake's pages to the service's web side; FirmFolderError for words of the firm."""
    words = intake_words(settings)
    own_forms = in_own_languages(forms.values(), words)

    def add(web: FastAPI, runtime: Runtime) -> None:
        site = Site(runtime, settings, words)
        preferences, unsubscribing = PreferencePages(site), UnsubscribePages(site)
        first, second = FirstStepPages(site, own_forms, config), SecondStepPages(site, config)
        confirming, understanding = ConfirmPages(site, config), UnderstandingPages(site, config)
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/p/{token}", preferences.show, methods=READ)
        router.add_api_route("/p/{token}", preferences.save, methods=WRITE)
        router.add_api_route("/p/{token}/saved", preferences.saved, methods=READ)
        router.add_api_route("/u/{token}", unsubscribing.show, methods=READ)
        router.add_api_route("/u/{token}", unsubscribing.take, methods=WRITE)
        router.add_api_route("/f/{form}", first.show, methods=READ)
        router.add_api_route("/f/{form}", first.take, methods=WRITE)
        router.add_api_route("/f/{form}/received/{token}", first.received, methods=READ)
        router.add_api_route("/f/{form}/confirm/{token}", confirming.show, methods=READ)
        router.add_api_route("/f/{form}/confirm/{token}", confirming.take, methods=WRITE)
        router.add_api_route("/f/{form}/{token}", second.show, methods=READ)
        router.add_api_route("/f/{form}/{token}", second.take, methods=WRITE)
        router.add_api_route("/h/{token}", understanding.show, methods=READ)
        router.add_api_route("/h/{token}", understanding.take, methods=WRITE)
        web.include_router(router)
        add_common(web, site.pages)

    return add
