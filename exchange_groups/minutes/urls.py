from django.urls import path

from .views import cards, documents, following, public, review, writing

SESSION = "<int:session_id>-<slug:slug>/"

urlpatterns = [
    path("mes-actions/", following.my_actions, name="my_actions"),
    path("actions/<secret:token>/", following.action_by_link, name="action_by_link"),
    path("comptes-rendus/", public.public_minutes_list, name="public_minutes_list"),
    path("comptes-rendus/<int:minutes_id>-<slug:slug>/", public.public_minutes, name="public_minutes"),
    path(
        "comptes-rendus/<int:minutes_id>-<slug:slug>.<slug:ending>",
        documents.public_minutes_file,
        name="public_minutes_file",
    ),
    path(f"{SESSION}compte-rendu/", writing.minutes_page, name="minutes_page"),
    path(f"{SESSION}compte-rendu/rediger/", writing.minutes_write, name="minutes_write"),
    path(f"{SESSION}compte-rendu/synthese/", writing.minutes_summary, name="minutes_summary"),
    path(f"{SESSION}compte-rendu/points/<int:key>/", writing.minutes_section, name="minutes_section"),
    path(f"{SESSION}compte-rendu/lignes/<int:line_id>/reprendre/", writing.minutes_restore, name="minutes_restore"),
    path(f"{SESSION}compte-rendu/lignes/<int:line_id>/deplacer/", writing.minutes_move, name="minutes_move"),
    path(f"{SESSION}compte-rendu/lignes/<int:line_id>/placer/", writing.minutes_place, name="minutes_place"),
    path(f"{SESSION}compte-rendu/defaire/", writing.minutes_undo, name="minutes_undo"),
    path(f"{SESSION}compte-rendu/actions/<int:note_id>/", writing.minutes_action, name="minutes_action"),
    path(f"{SESSION}compte-rendu/relecture/", review.minutes_send, name="minutes_send"),
    path(f"{SESSION}compte-rendu/demander/<int:line_id>/", review.minutes_amend, name="minutes_amend"),
    path(f"{SESSION}compte-rendu/demandes/<int:amendment_id>/", review.minutes_decide, name="minutes_decide"),
    path(f"{SESSION}compte-rendu/d-accord/", review.minutes_agree, name="minutes_agree"),
    path(f"{SESSION}compte-rendu/etat/", review.minutes_step, name="minutes_step"),
    path(f"{SESSION}compte-rendu/idees/<int:line_id>/", cards.minutes_card, name="minutes_card"),
    path(f"{SESSION}compte-rendu/essais/", cards.minutes_tries, name="minutes_tries"),
    path(f"{SESSION}compte-rendu/version-publique/", public.minutes_redact, name="minutes_redact"),
    path(f"{SESSION}compte-rendu.<slug:ending>", documents.minutes_file, name="minutes_file"),
    path(f"{SESSION}suivi-des-actions/", following.review_actions, name="review_actions"),
    path(f"{SESSION}emargement/", documents.attendance_sheet, name="attendance_sheet"),
    path(f"{SESSION}attestations/<int:registration_id>/", documents.certificate, name="attendance_certificate"),
]
