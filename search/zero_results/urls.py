from django.urls import path

from .views import clicks

urlpatterns = [
    path("recherche/suite/", clicks.search_outcome, name="search_outcome"),
]
