from django.urls import path

from . import views

urlpatterns = [
    path("recherche/enregistrer/", views.saved_search_add, name="saved_search_add"),
    path("compte/recherches/", views.saved_search_list, name="saved_search_list"),
    path("compte/recherches/<int:pk>/", views.saved_search_edit, name="saved_search_edit"),
    path("compte/recherches/<int:pk>/supprimer/", views.saved_search_delete, name="saved_search_delete"),
]
