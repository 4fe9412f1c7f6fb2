from . import BUTTON, PREPARING, Door, everyone, only

EDITORS = ("edition", "coordination", "admin")

DOORS = {
    "propose": Door("/proposer/", PREPARING, post=everyone(422, visitor=302)),
    "proposal_draft": Door("/proposer/brouillon/", BUTTON, post=everyone(204, visitor=302)),
    "review_desk": Door("/relire/", only(*EDITORS, status=303)),
    "saved_replies": Door("/relire/reponses/", only(*EDITORS), only(*EDITORS, status=422)),
    "my_proposals": Door("/proposer/mes-propositions/", PREPARING),
}
# Doors that need a proposal of one's own: tests/editorial/test_proposal_screens.py; the secret link of an expert:
# tests/editorial/test_experts.py.
ELSEWHERE = {
    "expert_opinion", "proposal", "proposal_correct", "proposal_withdraw", "proposal_answer", "refusal_answer",
    # The desk of a card: tests/editorial/test_desk.py.
    "review_card", "review_undo", "review_assign", "review_complete", "review_remark", "review_resolve", "review_send",
    "typing_error", "saved_reply_delete",
}  # fmt: skip
