"""Notifications, follows and mails; the two webhooks of the mail server."""

from django.urls import path

from . import views, webhooks

urlpatterns = [
    path("compte/notifications/", views.notification_list, name="notification_list"),
    path("compte/notifications/lues/", views.notifications_read, name="notifications_read"),
    path("compte/notifications/<int:pk>/", views.notification_open, name="notification_open"),
    path("compte/courriels/", views.mail_settings, name="mail_settings"),
    path("compte/courriels/adresse/", views.address_works, name="address_works"),
    path("compte/courriels/arreter/<secret:token>/", views.stop_mails, name="stop_mails"),
    path("compte/courriels/telephone/", views.push_settings, name="push_settings"),
    path("compte/courriels/telephone/abonner/", views.push_subscribe, name="push_subscribe"),
    path("compte/courriels/telephone/<int:pk>/retirer/", views.push_drop, name="push_drop"),
    path("compte/suivis/<int:pk>/retirer/", views.unfollow, name="unfollow"),
    path("compte/suivis/<slug:kind>/<int:pk>/", views.follow, name="follow"),
    path("courriels/confirmer/<secret:token>/", views.held_reply, name="held_reply"),
    path("courriels/retours/", webhooks.mail_reports, name="mail_reports"),
    path("courriels/reponses/", webhooks.mail_replies, name="mail_replies"),
]
