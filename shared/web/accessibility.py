"""What do we promise people who use the clients' pages in their own way, and what is not tested?

The statement behind the link at the foot of every page for clients. It says nothing that no test
does: ``tests/browser`` is what it speaks of.
"""

from dataclasses import dataclass
from datetime import date

from shared.web.language import Language

STANDARD = "WCAG 2.2 AA"
CHECKED = date(2026, 11, 25)  # when somebody last read this statement against the tests


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement in one language."""

    title: str
    promise: str
    tested_title: str
    tested: tuple[str, ...]
    gaps_title: str
    gaps: tuple[str, ...]
    tell_title: str
    tell: str
    tell_us: str
    tell_at: str
    checked: str


STATEMENTS: dict[Language, Statement] = {
    "en": Statement(
        title="Accessibility of these pages",
        promise="Everybody should be able to use these pages. They follow the Web Content "
        "Accessibility Guidelines (WCAG) 2.2, level AA.",
        tested_title="What is tested",
        tested=(
            "A program (axe-core) judges every page in a real browser: in both languages, in "
            "light and dark colours, with and without error messages. It may find nothing "
            "serious or critical.",
            "Every form is filled in by keyboard alone, and once more with scripts turned off.",
            "Pages are used 320 pixels wide, which is a wide screen enlarged to 400 %, with "
            "nothing cut off and nothing to scroll sideways.",
            "Whatever a finger has to hit in a form is at least 44 pixels high.",
        ),
        gaps_title="What is missing",
        gaps=(
            "Nobody who uses a screen reader, a magnifier or voice control every day has tried "
            "these pages for us yet.",
            "They are tested in Chromium; other browsers are not tested regularly.",
            "There is no version in easy language or sign language.",
        ),
        tell_title="Tell us",
        tell="Does something not work for you? Tell us, and we will mend it and help you in "
        "another way until then.",
        tell_us="Please tell the firm in the way you usually reach us.",
        tell_at="How to reach us:",
        checked="This statement was checked on {date}.",
    ),
    "de": Statement(
        title="Barrierefreiheit dieser Seiten",
        promise="Alle sollen diese Seiten nutzen können. Sie folgen den Web Content Accessibility "
        "Guidelines (WCAG) 2.2, Stufe AA.",
        tested_title="Was geprüft wird",
        tested=(
            "Ein Programm (axe-core) beurteilt jede Seite in einem echten Browser: in beiden "
            "Sprachen, in hellen und dunklen Farben, mit und ohne Fehlermeldungen. Es darf nichts "
            "Ernstes oder Kritisches finden.",
            "Jedes Formular wird allein mit der Tastatur ausgefüllt und noch einmal ohne Skripte.",
            "Die Seiten werden 320 Pixel breit benutzt, das ist ein breiter Bildschirm bei 400 % "
            "Vergrößerung: Nichts wird abgeschnitten, nichts muss seitwärts geschoben werden.",
            "Was ein Finger in einem Formular treffen muss, ist mindestens 44 Pixel hoch.",
        ),
        gaps_title="Was fehlt",
        gaps=(
            "Noch niemand, der täglich einen Screenreader, eine Bildschirmlupe oder "
            "Sprachsteuerung nutzt, hat diese Seiten für uns ausprobiert.",
            "Geprüft wird in Chromium; andere Browser werden nicht regelmäßig geprüft.",
            "Es gibt keine Fassung in Leichter Sprache oder Gebärdensprache.",
        ),
        tell_title="Sagen Sie es uns",
        tell="Etwas geht für Sie nicht? Sagen Sie es uns: Wir beheben es und helfen Ihnen bis "
        "dahin auf anderem Weg.",
        tell_us="Bitte sagen Sie es der Kanzlei auf dem Weg, auf dem Sie uns sonst erreichen.",
        tell_at="So erreichen Sie uns:",
        checked="Diese Erklärung wurde am {date} geprüft.",
    ),
}
