"""/proposer/."""

from django.urls import path

from ..views import proposals

urlpatterns = [
    path("", proposals.propose, name="propose"),
    path("brouillon/", proposals.save_draft, name="proposal_draft"),
    path("mes-propositions/", proposals.my_proposals, name="my_proposals"),
    path("mes-propositions/<int:pk>/", proposals.proposal, name="proposal"),
    path("mes-propositions/<int:pk>/corriger/", proposals.proposal_correct, name="proposal_correct"),
    path("mes-propositions/<int:pk>/retirer/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path("mes-propositions/<int:pk>/repondre/", proposals.refusal_answer, name="refusal_answer"),
    path("mes-propositions/<int:pk>/repondre/<int:question_id>/", proposals.proposal_answer, name="proposal_answer"),
]
