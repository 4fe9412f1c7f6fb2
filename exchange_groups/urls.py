"""Groups and topics, under /groupes/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
