"""Addresses of the pages that the law asks for; they were pages of text once, and keep the same."""

from django.urls import path

from . import views

urlpatterns = [
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("accessibilite/schema-pluriannuel/", views.accessibility_plan, name="accessibility_plan"),
    path("accessibilite/criteres/<int:number>/", views.accessibility_criteria, name="accessibility_criteria"),
    path("ecoconception/", views.frugality, name="frugality"),
    path("ecoconception/criteres/<int:number>/", views.frugality_criteria, name="frugality_criteria"),
]
