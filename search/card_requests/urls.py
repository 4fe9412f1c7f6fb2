"""The addresses of requests, under /recherche/demandes/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.card_request_list, name="card_request_list"),
    path("nouvelle/", views.card_request_add, name="card_request_add"),
    path("<int:pk>/moi-aussi/", views.card_request_support, name="card_request_support"),
]
