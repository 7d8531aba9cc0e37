"""How does a template become a page?

A service's own templates stand in its ``pages/templates`` and extend ``base.html``. Everything is
escaped, signs that turn the direction of a text are left out, and a name a template does not know
is an error, not a gap.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from shared.firm.directions import numbers_in_order
from shared.web import csrf, headers
from shared.web.outward_links import mail_link, phone_link, web_link
from shared.web.static import asset

TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# signs that turn the direction of what follows: with them a name or a text can look like another

FOLDER = Path(__file__).parent / "templates"
Say = Callable[[str], str]
Count = Callable[[str, str, int], str]


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
            extensions=["jinja2.ext.i18n"],
        )
        self.say_in(_as_written, _one_or_many)
        self._environment.filters.update(
            mail_link=mail_link, phone_link=phone_link, web_link=web_link
        )
        self._environment.globals.update(asset=asset, csrf_field=csrf.FIELD, **known)

    def say_in(self, gettext: Say, ngettext: Count) -> None:
        """How messages of templates are said to whoever reads; without this, as they stand.

        A message is markup, like the template it stands in; what fills it is escaped.
        """

        @pass_context
        def said(_context: Context, message: str, /, **filling: Any) -> Markup:
            text = Markup(gettext(message))  # noqa: S704 - our own markup
            return text % _filled(filling) if "%" in text else text

        @pass_context
        def counted(
            _context: Context, one: str, many: str, number: int, /, **filling: Any
        ) -> Markup:
            filled = _filled({"num": number} | filling)
            return Markup(ngettext(one, many, number)) % filled  # noqa: S704 - the same

        self._environment.newstyle_gettext = True  # type: ignore[attr-defined]  # of the extension
        self._environment.globals.update(_=said, gettext=said, ngettext=counted)

    def add_filters(self, **filters: Callable[..., Any]) -> None:
        """Ways of saying values that these templates use."""
        self._environment.filters.update(filters)

    def add_globals(self, **known: Any) -> None:
        """What every template of these knows."""
        self._environment.globals.update(known)

    def text(self, name: str, /, **values: Any) -> str:
        """A template filled in."""
        return self._environment.get_template(name).render(**values)

    def page(
        self, name: str, status: int = 200, more: Mapping[str, str] | None = None, /, **values: Any
    ) -> Response:
        """A template filled in, as an answer with safe headers."""
        text = self.text(name, **values)
        return HTMLResponse(text, status_code=status, headers={**headers.PAGE, **(more or {})})


def _as_written(message: str) -> str:
    return message


def _one_or_many(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _filled(filling: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _as_it_reads(value) for name, value in filling.items()}


def _as_it_reads(value: Any) -> Any:
    """A value in the order in which it is read."""
    if not isinstance(value, str) or value.isascii():
        return value
    plain = numbers_in_order(str(value).translate(TURNING))
    return Markup(plain) if isinstance(value, Markup) else plain  # noqa: S704 - it was safe before
