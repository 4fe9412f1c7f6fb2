from . import BUTTON, PREPARING, Door, everyone

DOORS = {
    "propose": Door("/proposer/", PREPARING, post=everyone(422, visitor=302)),
    "proposal_draft": Door("/proposer/brouillon/", BUTTON, post=everyone(204, visitor=302)),
    "my_proposals": Door("/proposer/mes-propositions/", PREPARING),
}
# Doors that need a proposal of one's own: tests/editorial/test_proposal_screens.py; the secret link of an expert:
# tests/editorial/test_experts.py.
ELSEWHERE = {"expert_opinion", "proposal", "proposal_correct", "proposal_withdraw", "proposal_answer"}
