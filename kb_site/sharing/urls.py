from django.urls import path

from . import views

urlpatterns = [
    path("partage/<slug:kind>/<int:key>.png", views.share_picture, name="share_picture"),
    path("partage/<slug:kind>/<int:key>.svg", views.share_code, name="share_code"),
]
