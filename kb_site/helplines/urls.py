from django.urls import path

from . import views

urlpatterns = [path("numeros-d-aide/", views.numbers, name="helplines")]
