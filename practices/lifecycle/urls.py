from django.urls import path

from .views import verification

urlpatterns = [
    path("page/<int:page_id>/", verification.page_still_true, name="page_still_true"),
    path("<secret:token>/", verification.still_true, name="still_true"),
]
