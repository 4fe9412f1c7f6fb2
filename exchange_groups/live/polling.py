"""How often a participant's page asks whether something changed (the script reads these figures from the page)."""

from dataclasses import dataclass

SHORTEST = 5.0  # seconds between two questions just after a change
LONGEST = 180.0  # when nothing has moved for a quarter of an hour or more
SHARE = 0.2  # of the time since the last change: what is learned late is late by a fifth of the calm before it
NEAR_END = 15.0  # around the planned end of a step or an item, when most changes come
END_WINDOW = (20.0, 60.0)  # seconds before and after that end


@dataclass(frozen=True)
class Pace:
    """What the page is told, in seconds."""

    shortest: float = SHORTEST
    longest: float = LONGEST
    share: float = SHARE
    near_end: float = NEAR_END
    before_end: float = END_WINDOW[0]
    after_end: float = END_WINDOW[1]

    def wait(self, quiet: float, to_end: float | None = None) -> float:
        """Return the seconds to wait, `quiet` seconds after the last change and `to_end` before the planned end."""
        wait = min(max(quiet * self.share, self.shortest), self.longest)
        if to_end is None:
            return wait
        if -self.after_end <= to_end <= self.before_end:
            return min(wait, self.near_end)
        # Do not sleep through the moment when the end comes near.
        return min(wait, max(to_end - self.before_end, self.shortest)) if to_end > 0 else wait


PACE = Pace()
