from django.urls import path

from . import views

urlpatterns = [
    path("recherche/suite/", views.search_outcome, name="search_outcome"),
]
