"""Addresses under /experiences/."""

from django.urls import path

from . import views

urlpatterns = [
    path("fiche/<int:page_id>/", views.experience_list, name="experience_list"),
    path("fiche/<int:page_id>/raconter/", views.experience_tell, name="experience_tell"),
    path("lien/<secret:token>/", views.experience_by_link, name="experience_by_link"),
    path("merci/", views.experience_thanks, name="experience_thanks"),
    path("<int:pk>/retirer/", views.experience_withdraw, name="experience_withdraw"),
]
