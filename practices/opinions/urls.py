"""Addresses under /avis/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.opinion_list, name="opinion_list"),
    path("<int:page_id>/", views.opinion, name="opinion"),
    path("<int:page_id>/merci/", views.opinion_thanks, name="opinion_thanks"),
    path("traiter/<int:pk>/", views.opinion_decide, name="opinion_decide"),
]
