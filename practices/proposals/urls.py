"""/proposer/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.propose, name="propose"),
    path("brouillon/", views.save_draft, name="proposal_draft"),
    path("mes-propositions/", views.my_proposals, name="my_proposals"),
    path("mes-propositions/<int:pk>/", views.proposal, name="proposal"),
    path("mes-propositions/<int:pk>/corriger/", views.proposal_correct, name="proposal_correct"),
    path("mes-propositions/<int:pk>/retirer/", views.proposal_withdraw, name="proposal_withdraw"),
    path("mes-propositions/<int:pk>/repondre/<int:question_id>/", views.proposal_answer, name="proposal_answer"),
]
