from . import OPEN, Door

DOORS = {
    "search": Door("/recherche/", OPEN),
    "similar_cards": Door("/recherche/ressemblantes/?q=visio", OPEN),
    "practice_list": Door("/pratiques/", OPEN),
    "tool_list": Door("/outils/", OPEN),
    "resource_list": Door("/ressources/", OPEN),
}
ELSEWHERE: set[str] = set()
