from . import OPEN, Door

DOORS = {
    "tool_compare": Door("/outils/comparer/", OPEN),
    "data_calculator": Door("/outils/calculer/", OPEN),
    "data_and_confidentiality": Door("/outils/confidentialite/", OPEN),
}
ELSEWHERE: set[str] = set()
