"""Addresses under /outils/; the cards of tools are pages beside them."""

from django.urls import path

from . import views

urlpatterns = [
    path("comparer/", views.compare, name="tool_compare"),
    path("confidentialite/", views.data_and_confidentiality, name="data_and_confidentiality"),
    path("calculer/", views.calculate, name="data_calculator"),
]
