"""In which zone is it about noon, so that no message waits for the morning?"""

from shared.clock import real_now


def noon_zone() -> str:
    """A zone in which it is about noon, so that no message waits for the morning."""
    ahead = 12 - real_now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
