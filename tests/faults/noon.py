"""In which zone is it about noon, so that no message waits for the morning? And where midnight?"""

from shared.clock import real_now


def noon_zone() -> str:
    """A zone in which it is about noon, so that no message waits for the morning."""
    return _zone_at(12)


def midnight_zone() -> str:
    """A zone in which it is the middle of the night, so that every message waits."""
    return _zone_at(2 if real_now().hour < 14 else 26)


def _zone_at(hour: int) -> str:
    """The zone in which it is now this hour (of today, in UTC's day); the signs are reversed."""
    ahead = hour - real_now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
