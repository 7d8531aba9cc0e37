"""How does a template become a page?

A service's own templates stand in its ``pages/templates`` and extend ``base.html``. Everything is
escaped, signs that turn the direction of a text are left out, and a name a template does not know
is an error, not a gap.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from shared.firm.directions import numbers_in_order
from shared.web import csrf, headers
from shared.web.outward_links import mail_link, phone_link, web_link
from shared.web.static import asset

TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# signs that turn the direction of what follows: with them a name or a text can look like another

FOLDER = Path(__file__).parent / "templates"


class Pages:
    """The pages of one service: its templates over the shared ones."""

    def __init__(self, folder: Path, **known: Any) -> None:
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder), FileSystemLoader(FOLDER)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_as_it_reads,
        )
        self._environment.filters.update(
            mail_link=mail_link, phone_link=phone_link, web_link=web_link
        )
        self._environment.globals.update(asset=asset, csrf_field=csrf.FIELD, **known)

    def add_filters(self, **filters: Callable[..., Any]) -> None:
        """Ways of saying values that these templates use."""
        self._environment.filters.update(filters)

    def text(self, name: str, /, **values: Any) -> str:
        """A template filled in."""
        return self._environment.get_template(name).render(**values)

    def page(
        self, name: str, status: int = 200, more: Mapping[str, str] | None = None, /, **values: Any
    ) -> Response:
        """A template filled in, as an answer with safe headers."""
        text = self.text(name, **values)
        return HTMLResponse(text, status_code=status, headers={**headers.PAGE, **(more or {})})


def _as_it_reads(value: Any) -> Any:
    """A value in the order in which it is read."""
    if not isinstance(value, str) or value.isascii():
        return value
    plain = numbers_in_order(str(value).translate(TURNING))
    return Markup(plain) if isinstance(value, Markup) else plain  # noqa: S704 - it was safe before
