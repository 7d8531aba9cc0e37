"""How many lines of a paragraph of a letter stay on this page, and how many go to the next?

A short paragraph is not torn. Of a long one no line stands alone, on either side. The close does
not stand on a page by itself: the end of what comes before it goes along.
"""

SHORT = 5  # lines, of a paragraph that stays on one page
TOGETHER = 2  # lines that nobody tears apart


def lines_that_stay(lines: int, room: int, *, along: int = 0) -> int:
    """How many of these lines stay where there is room for so many; all of them, if they fit.

    ``along``: how many lines of what follows have to be on the page on which this ends.
    """
    if lines + along <= room:
        return lines
    if lines <= SHORT:
        return 0
    stay = min(room, lines - TOGETHER)
    return stay if stay >= TOGETHER else 0
