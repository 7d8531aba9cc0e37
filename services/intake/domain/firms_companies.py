"""Which companies does a firm know to be one, by an abbreviation, or to belong together?

A text file of the firm's own, one group a line: ``Volkswagen AG = VW: Audi AG = Audi; Seat S.A.``.
Names with ``=`` between them are names of one company; what stands behind the colon belongs to its
group. What cannot be read is found when the service starts, and said with its line.
"""

from collections.abc import Iterable, Mapping, Sequence

from services.intake.domain.company_groups import Listed, listed_forms
from services.intake.domain.readings import read_names
from shared.errors import ClienteleError

EXAMPLE = "like Volkswagen AG = VW: Audi AG = Audi; Seat S.A."
MOST = 100  # names in one group: each is looked for wherever one of them comes


class CompaniesError(ClienteleError):
    """A line of the firm's companies cannot be understood; the message says file and line."""


def companies_of(file: str, lines: Iterable[str]) -> dict[str, Listed]:
    """Company and group of each name, in the form it is compared; raises CompaniesError."""
    found: dict[str, Listed] = {}
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        try:
            _add(found, number, _forms_of(said))
        except ValueError as wrong:
            raise CompaniesError(f"{file}, line {number}: {wrong}, {EXAMPLE}") from None
    return found


def _forms_of(said: str) -> list[dict[str, str]]:
    """Each company of a line: the forms of its names, and how each is written."""
    parent, colon, others = said.partition(":")
    texts = [parent, *(each for each in others.split(";") if colon)]
    companies = [_company(text) for text in texts]
    if len(texts) == 1 and "=" not in parent:
        raise ValueError("write a second name of the company, or companies of its group")
    if sum(map(len, companies)) > MOST:
        raise ValueError(f"these are more than {MOST} names: list those the firm meets")
    return companies


def _company(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (each.strip() for each in text.split("=")):
        if not name:
            raise ValueError("a name is missing")
        forms = listed_forms(read_names(name))
        if not forms:
            raise ValueError(f"{name!r} is not the name of a company")
        for form in forms:
            found.setdefault(form, name)
    return found


def _add(found: dict[str, Listed], line: int, companies: Sequence[Mapping[str, str]]) -> None:
    headed = next(iter(companies[0].values()))
    for at, company in enumerate(companies):
        for form, name in company.items():
            if form in found:
                before = found[form]
                where = "here" if before.group == line else f"in line {before.group}"
                raise ValueError(f"{name!r} stands {where} already")
            found[form] = Listed(group=line, company=at, headed=headed)
