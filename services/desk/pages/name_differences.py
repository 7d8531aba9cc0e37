"""Where do two names differ?"""

from difflib import SequenceMatcher

BRIDGED = 1  # letters alike between two differences: marked with them, not on their own


def beside(name: str, other: str | None) -> list[tuple[str, bool]]:
    """A name in parts, each with whether the other one has it too; only case is not looked at."""
    matcher = SequenceMatcher(None, name.lower(), (other or "").lower(), autojunk=False)
    parts = [
        (name[start:end], kind == "equal")
        for kind, start, end, _, _ in matcher.get_opcodes()
        if start < end
    ]
    return _bridged(parts)


def _bridged(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for place, (part, same) in enumerate(parts):
        inside = 0 < place < len(parts) - 1
        alike = same and not (inside and len(part) <= BRIDGED)
        if joined and joined[-1][1] == alike:
            joined[-1] = (joined[-1][0] + part, alike)
        else:
            joined.append((part, alike))
    return joined
