"""Addresses of a held session, under /seances/."""

from django.urls import path

from .views import follow, notes, run

SESSION = "<int:session_id>-<slug:slug>/"

urlpatterns = [
    path(SESSION + "animer/", run.live_run, name="live_run"),
    path(SESSION + "animer/etat/", run.live_run_state, name="live_run_state"),
    path(SESSION + "animer/personnes/", run.live_people, name="live_people"),
    path(SESSION + "animer/terminer/", run.live_end, name="live_end"),
    path(SESSION + "suivre/", follow.live_follow, name="live_follow"),
    path(SESSION + "suivre/etat/", follow.live_follow_state, name="live_follow_state"),
    path(SESSION + "suivre/notes/", notes.live_notes, name="live_notes"),
    path(SESSION + "suivre/notes/<int:note_id>/", notes.live_note, name="live_note"),
    # Short: it is asked all the time.
    path("<int:session_id>/pouls/<secret:pass_>", follow.live_pulse, name="live_pulse"),
]
