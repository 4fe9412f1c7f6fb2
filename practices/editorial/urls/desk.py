"""/relire/."""

from django.urls import path

from ..views import desk

urlpatterns = [
    path("", desk.review_desk, name="review_desk"),
    path("reponses/", desk.saved_replies, name="saved_replies"),
    path("reponses/<int:pk>/effacer/", desk.saved_reply_delete, name="saved_reply_delete"),
    path("<int:card_id>/", desk.review_card, name="review_card"),
    path("<int:card_id>/annuler/", desk.review_undo, name="review_undo"),
    path("<int:card_id>/confier/", desk.review_assign, name="review_assign"),
    path("<int:card_id>/completer/", desk.review_complete, name="review_complete"),
    path("<int:card_id>/remarques/", desk.review_remark, name="review_remark"),
    path("<int:card_id>/remarques/<int:remark_id>/resolue/", desk.review_resolve, name="review_resolve"),
    path("<int:card_id>/envoyer/", desk.review_send, name="review_send"),
    path("<int:card_id>/coquille/", desk.typing_error, name="typing_error"),
]
