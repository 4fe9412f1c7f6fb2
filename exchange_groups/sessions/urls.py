"""Sessions, under /seances/."""

from django.urls import path

from .views import reading

urlpatterns = [
    path("", reading.session_list, name="session_list"),
    path("<int:session_id>-<slug:slug>/", reading.session_page, name="session_page"),
]
