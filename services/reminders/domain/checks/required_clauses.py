"""Does the letter say what law or a professional rule requires of it?"""

from collections.abc import Iterator

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "required-clause"


def look(reading: Reading) -> Iterator[Finding]:
    """One finding per clause that is missing, with its source and words that would do.

    In a language in which nobody has said how a clause reads, a person has to look for it.
    """
    for clause in reading.clauses:
        lacking = clause.lacking(reading.text, reading.language)
        if lacking is None:
            yield Finding(
                rule=RULE, start=0, end=0,
                message=f"nobody but a person can see here whether it says {clause.label}: "
                f"{clause.source}",
            )  # fmt: skip
        elif lacking:
            yield Finding(
                rule=RULE, start=0, end=0, refuses=True,
                message=f"the clause `{clause.clause}` is missing: it has to say {clause.label} "
                f"({clause.source}); not found: {', '.join(lacking).replace(' | ', ' or ')}",
                suggestion=clause.wording(reading.language),
            )  # fmt: skip
