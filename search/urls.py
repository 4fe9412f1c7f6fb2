from django.urls import path

from . import feeds, similar, views
from .card_requests import views as card_requests
from .gaps import views as gaps
from .saved import views as saved
from .suggestions import views as suggestions

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/ressemblantes/", similar.similar_cards, name="similar_cards"),
    path("recherche/suggestions/", suggestions.suggestions, name="search_suggestions"),
    path("recherche/flux/", feeds.search_feed, name="search_feed"),
    path("recherche/suite/", gaps.search_outcome, name="search_outcome"),
    path("recherche/enregistrer/", saved.saved_search_add, name="saved_search_add"),
    path("compte/recherches/", saved.saved_search_list, name="saved_search_list"),
    path("compte/recherches/<int:pk>/", saved.saved_search_edit, name="saved_search_edit"),
    path("compte/recherches/<int:pk>/supprimer/", saved.saved_search_delete, name="saved_search_delete"),
    path("recherche/demandes/", card_requests.card_request_list, name="card_request_list"),
    path("recherche/demandes/nouvelle/", card_requests.card_request_add, name="card_request_add"),
    path("recherche/demandes/<int:pk>/moi-aussi/", card_requests.card_request_support, name="card_request_support"),
    path("pratiques/", views.practice_list, name="practice_list"),
    path("outils/", views.tool_list, name="tool_list"),
    path("ressources/", views.resource_list, name="resource_list"),
]
