from django.urls import path

from . import views

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("pratiques/", views.practice_list, name="practice_list"),
    path("outils/", views.tool_list, name="tool_list"),
    path("ressources/", views.resource_list, name="resource_list"),
]
