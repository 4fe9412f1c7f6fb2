from django.urls import path

from . import views

urlpatterns = [
    path("faits/", views.fact_list, name="fact_list"),
    path("faits/<slug:code>/", views.fact, name="fact"),
]
