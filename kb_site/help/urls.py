"""Addresses under /aide/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.help_home, name="help_home"),
    path("<slug:role>/", views.help_guide, name="help_guide"),
]
