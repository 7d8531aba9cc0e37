"""How is a failure told apart from others, so that dead letters with one cause stand together?"""

import traceback

OUR_CODE = ("/services/", "/shared/")


def fingerprint(failure: BaseException) -> str:
    """The exception's type and the first of our own frames: what failed, and where."""
    frames = [f for f in traceback.extract_tb(failure.__traceback__) if _ours(f.filename)]
    if not frames:
        return type(failure).__name__
    last = frames[-1]
    return f"{type(failure).__name__}@{last.filename.rsplit('/', 2)[-2]}/{last.name}"


def _ours(filename: str) -> bool:
    return any(part in filename for part in OUR_CODE) and not filename.endswith("consuming.py")


def places_of(failure: BaseException) -> list[str]:
    """Our own lines on the way to the failure, outermost first; nothing of what was worked on."""
    frames = traceback.extract_tb(failure.__traceback__)
    return [f"{frame.filename.rsplit('/', 2)[-2]}/{frame.name}:{frame.lineno}"
            for frame in frames if any(part in frame.filename for part in OUR_CODE)]  # fmt: skip
