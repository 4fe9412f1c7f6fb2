"""Addresses under /diagnostic/."""

from django.urls import path

from .views import asking, campaigns, my_public, results

urlpatterns = [
    path("", campaigns.home, name="diagnostic_home"),
    path("regles/", campaigns.rules, name="diagnostic_rules"),
    path("conditions/<slug:slug>/", campaigns.lift, name="diagnostic_lift"),
    path("mon-public/", my_public.my_public, name="diagnostic_my_public"),
    path("nouveau/", campaigns.campaign_open, name="diagnostic_open"),
    path("repondre/<secret:code>/", asking.answer, name="diagnostic_answer"),
    path("merci/", asking.thanks, name="diagnostic_thanks"),
    path("<int:pk>/", campaigns.campaign, name="diagnostic_campaign"),
    path("<int:pk>/entretien/", asking.interview, name="diagnostic_interview"),
    path("<int:pk>/equipe/", campaigns.team, name="diagnostic_team"),
    path("<int:pk>/papier/", campaigns.paper, name="diagnostic_paper"),
    path("<int:pk>/codes/", campaigns.codes, name="diagnostic_codes"),
    path("<int:pk>/saisie/", campaigns.paper_entry, name="diagnostic_paper_entry"),
    path("<int:pk>/effacer/", campaigns.withdraw, name="diagnostic_withdraw"),
    path("<int:pk>/compter/", campaigns.count, name="diagnostic_count"),
    path("<int:pk>/clore/", campaigns.close, name="diagnostic_close"),
    path("<int:pk>/resultat/", results.result, name="diagnostic_result"),
    path("<int:pk>/resultat/<int:card_id>/", results.card_explained, name="diagnostic_card"),
]
