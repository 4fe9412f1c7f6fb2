"""Groups and topics, under /groupes/."""

from django.urls import path

from .views import cards, diagnostics, facilitation, groups, moderation, topics

urlpatterns = [
    path("", groups.group_list, name="group_list"),
    path("appui/<slug:slug>/", groups.support_group, name="support_group"),
    path("accords/<int:consent_id>/", cards.credit_consent, name="credit_consent"),
    path("question/<int:comment_id>/", cards.question_move, name="question_move"),
    path("chiffres/", facilitation.group_figures, name="group_figures"),
    path("fichiers/<uuid:file_id>/", topics.topic_file, name="topic_file"),
    path("invitation/<str:token>/", groups.group_invitation, name="group_invitation"),
    path("<slug:slug>/", groups.group_page, name="group_page"),
    path("<slug:slug>/entrer/", groups.group_join, name="group_join"),
    path("<slug:slug>/demande/retirer/", groups.group_withdraw, name="group_withdraw"),
    path("<slug:slug>/charte/", groups.group_charter, name="group_charter"),
    path("<slug:slug>/quitter/", groups.group_leave, name="group_leave"),
    path("<slug:slug>/membres/", groups.group_members, name="group_members"),
    path("<slug:slug>/sujets/nouveau/", topics.topic_new, name="topic_new"),
    path("<slug:slug>/sujets/brouillon/", topics.topic_draft, name="topic_draft"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/", topics.topic_page, name="topic_page"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/modifier/", topics.topic_edit, name="topic_edit"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/historique/", topics.topic_history, name="topic_history"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/reagir/", topics.topic_react, name="topic_react"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/signaler/", topics.topic_report, name="topic_report"),
    path(
        "<slug:slug>/sujets/<int:topic_id>-<slug:title>/reponses/<int:comment_id>/",
        topics.reply_actions,
        name="reply_actions",
    ),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/animer/", moderation.topic_manage, name="topic_manage"),
    path("<slug:slug>/sujets/<int:topic_id>-<slug:title>/fiche/", cards.topic_card, name="topic_card"),
    path("<slug:slug>/animer/", facilitation.group_manage, name="group_manage"),
    path("<slug:slug>/animer/membres/", facilitation.manage_members, name="manage_members"),
    path("<slug:slug>/animer/membres/<int:membership_id>/role/", facilitation.manage_role, name="manage_role"),
    path("<slug:slug>/animer/membres/<int:membership_id>/retirer/", facilitation.manage_removal, name="manage_removal"),
    path("<slug:slug>/animer/demandes/", facilitation.manage_requests, name="manage_requests"),
    path("<slug:slug>/animer/demandes/<int:request_id>/", facilitation.manage_request, name="manage_request"),
    path("<slug:slug>/animer/invitations/", facilitation.manage_invitations, name="manage_invitations"),
    path(
        "<slug:slug>/animer/invitations/<uuid:invitation_id>/retirer/",
        facilitation.manage_revocation,
        name="manage_revocation",
    ),
    path("<slug:slug>/animer/charte/", facilitation.manage_charter, name="manage_charter"),
    path("<slug:slug>/animer/diagnostic/", diagnostics.manage_diagnostic, name="manage_diagnostic"),
    path("<slug:slug>/animer/signalements/", moderation.manage_reports, name="manage_reports"),
    path("<slug:slug>/animer/signalements/<int:topic_id>/", moderation.manage_report, name="manage_report"),
]
