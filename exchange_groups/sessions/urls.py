"""Sessions, under /seances/."""

from django.urls import path

from .views import agenda, calendars, dates, links, places, preparing, sessions

ONE = "<int:session_id>-<slug:slug>/"

urlpatterns = [
    path("", sessions.session_list, name="session_list"),
    path("agenda/", calendars.session_calendar, name="session_calendar"),
    path("agenda/<secret_uuid:key>.ics", calendars.session_feed, name="session_feed"),
    path("dates/<secret:token>/", dates.session_dates_by_link, name="session_dates_by_link"),
    path("place/<secret:token>/", places.session_place_by_link, name="session_place_by_link"),
    path(f"{ONE}liens/retirer/", links.session_links_withdraw, name="session_links_withdraw"),
    path("nouvelle/<slug:slug>/", preparing.session_new, name="session_new"),
    path(ONE, sessions.session_page, name="session_page"),
    path(f"{ONE}agenda.ics", calendars.session_file, name="session_file"),
    path(f"{ONE}modifier/", preparing.session_edit, name="session_edit"),
    path(f"{ONE}deroule/", preparing.session_steps, name="session_steps"),
    path(f"{ONE}ouvrir/", preparing.session_open, name="session_open"),
    path(f"{ONE}annuler/", preparing.session_cancel, name="session_cancel"),
    path(f"{ONE}dates/", dates.session_dates, name="session_dates"),
    path(f"{ONE}dates/repondre/", dates.session_dates_answer, name="session_dates_answer"),
    path(f"{ONE}dates/pour/", dates.session_dates_for, name="session_dates_for"),
    path(f"{ONE}relancer/", places.session_ask_again, name="session_ask_again"),
    path(f"{ONE}dates/<int:option_id>/choisir/", dates.session_date_choose, name="session_date_choose"),
    path(f"{ONE}inscription/", places.session_join, name="session_join"),
    path(f"{ONE}inscrits/", places.session_people, name="session_people"),
    path(f"{ONE}sujets/", agenda.session_propose, name="session_propose"),
    path(f"{ONE}sujets/<int:item_id>/", agenda.session_vote, name="session_vote"),
    path(f"{ONE}ordre-du-jour/", agenda.session_agenda, name="session_agenda"),
]
