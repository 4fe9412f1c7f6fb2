from django.urls import path

from search.suggestions import views as suggestions

from . import feeds, more_like_this, views

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/ressemblantes/", more_like_this.similar_cards, name="similar_cards"),
    path("recherche/suggestions/", suggestions.suggestions, name="search_suggestions"),
    path("recherche/flux/", feeds.search_feed, name="search_feed"),
    path("pratiques/", views.practice_list, name="practice_list"),
    path("outils/", views.tool_list, name="tool_list"),
    path("orientations/", views.orientation_list, name="orientation_list"),
    path("ressources/", views.resource_list, name="resource_list"),
]
