from django.urls import path

from . import views

urlpatterns = [
    path("donnees-ouvertes/", views.open_data, name="open_data"),
    path("donnees-ouvertes/fiches.<slug:kind>", views.open_data_file, name="open_data_file"),
    path("pratiques/<slug:section>/<slug:slug>/fiche.md", views.card_markdown, name="card_markdown"),
]
