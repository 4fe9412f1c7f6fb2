"""The pocket of a person."""

from django.urls import path

from . import views

urlpatterns = [
    path("ma-poche/", views.pocket, name="pocket"),
    path("ma-poche/contenu.json", views.pocket_contents, name="pocket_contents"),
    path("hors-connexion/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("application.webmanifest", views.web_manifest, name="web_manifest"),
    path("ma-poche/<int:pk>/retirer/", views.pocket_drop, name="pocket_drop"),
    path("ma-poche/<slug:kind>/<int:pk>/", views.pocket_keep, name="pocket_keep"),
]
