from django.urls import path

from . import views
from .models_to_fill import model_document

urlpatterns = [
    path("ressources/<slug:slug>/modele.docx", model_document, name="model_document"),
    path("pratiques/<slug:section>/<slug:slug>/pas-a-pas/", views.step_by_step, name="card_step_by_step"),
    path("pratiques/<slug:section>/<slug:slug>/conditions/", views.conditions_of_card, name="card_conditions"),
    path("pratiques/<slug:section>/<slug:slug>/pour-la-personne/", views.for_the_person, name="card_for_the_person"),
]
