from django.urls import path

from . import views

urlpatterns = [
    path("page/<int:page_id>/", views.page_still_true, name="page_still_true"),
    path("<str:token>/", views.still_true, name="still_true"),
]
