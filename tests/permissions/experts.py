# The secret link and the editors' screens: tests/experts/.
DOORS: dict[str, object] = {}
ELSEWHERE = {"expert_opinion"}
