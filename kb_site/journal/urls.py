"""Addresses under /compte/journal/."""

from django.urls import path

from . import views

urlpatterns = [path("", views.journal, name="journal")]
