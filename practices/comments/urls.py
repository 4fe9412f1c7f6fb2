"""The addresses of comments, under /commentaires/; none of django-comments-xtd's own addresses is included."""

from django.urls import path

from . import views

urlpatterns = [
    path("page/<int:target_id>/", views.comment_add, name="comment_add"),
    path("<int:comment_id>/", views.comment_show, name="comment_show"),
    path("<int:comment_id>/repondre/", views.comment_reply, name="comment_reply"),
    path("<int:comment_id>/modifier/", views.comment_edit, name="comment_edit"),
    path("<int:comment_id>/supprimer/", views.comment_delete, name="comment_delete"),
    path("<int:comment_id>/signaler/", views.comment_report, name="comment_report"),
    path("moderation/", views.comment_moderation, name="comment_moderation"),
    path("moderation/<int:comment_id>/", views.comment_decide, name="comment_decide"),
    path("<slug:kind>/<int:target_id>/", views.comment_add, name="comment_add"),
]
