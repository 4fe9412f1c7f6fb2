from . import Door, only

DOORS = {"journal": Door("/compte/journal/", only("coordination", "admin"))}
ELSEWHERE: set[str] = set()
