"""Addresses of a held session, under /seances/."""

from django.urls import path

from .views import facilitation, notes, participants

SESSION = "<int:session_id>-<slug:slug>/"

urlpatterns = [
    path(SESSION + "animer/", facilitation.live_run, name="live_run"),
    path(SESSION + "animer/etat/", facilitation.live_run_state, name="live_run_state"),
    path(SESSION + "animer/personnes/", facilitation.live_people, name="live_people"),
    path(SESSION + "animer/terminer/", facilitation.live_end, name="live_end"),
    path(SESSION + "suivre/", participants.live_follow, name="live_follow"),
    path(SESSION + "suivre/etat/", participants.live_follow_state, name="live_follow_state"),
    path(SESSION + "suivre/notes/", notes.live_notes, name="live_notes"),
    path(SESSION + "suivre/notes/<int:note_id>/", notes.live_note, name="live_note"),
    # Short: it is asked all the time.
    path("<int:session_id>/pouls/<secret:pass_>", participants.live_pulse, name="live_pulse"),
]
