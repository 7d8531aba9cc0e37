"""In which languages does a service have pages, the firm's own words before the shipped ones?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shared.firm.page_words import PageWords, read_pages
from shared.web import language as shipped_frames
from shared.web import notices as shipped_notices
from shared.web.language import FALLBACK, Frames, Language
from shared.web.notices import Notices

COMMON = ("frame", "notices")


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """What stands around a service's pages and at their dead ends, by language."""

    frames: Frames = field(default_factory=lambda: shipped_frames.SHIPPED)
    notices: Mapping[Language, Notices] = field(default_factory=lambda: shipped_notices.SHIPPED)
    own: Mapping[Language, PageWords] = field(default_factory=dict)


def page_languages(firm: Path | None, *groups: str) -> PageLanguages:
    """The languages with all of these groups of sentences; FirmFolderError says what is amiss.

    A language of the firm's own that lacks a group is not offered for these pages: they are shown
    in English to its readers, as to those of any other language.
    """
    own = {
        language: words
        for language, words in read_pages(firm).items()
        if language in shipped_frames.SHIPPED or words.has(*COMMON, *groups)
    }
    frames, notices = dict(shipped_frames.SHIPPED), dict(shipped_notices.SHIPPED)
    for language, words in own.items():
        whole = language not in frames
        frame = frames.get(language, frames[FALLBACK])
        notice = notices.get(language, notices[FALLBACK])
        frames[language] = words.laid_over("frame", frame, whole=whole)
        notices[language] = words.laid_over("notices", notice, whole=whole)
    return PageLanguages(frames, notices, own)
