"""Comments posted at the same instant."""

import uuid

import pytest

from practices.comments import services
from practices.comments.models import Comment

from .acting import run_together, say
from .conftest import make_places


@pytest.fixture
def places(committed_site):
    return make_places()


@pytest.mark.usefixtures("committed_site")
class TestAtTheSameInstant:
    def test_replies_of_ten_people_keep_one_order(self, card, anna):
        first = say(card, anna)
        branch = say(card, anna, parent=first)
        errors = run_together(10, lambda number: say(card, anna, f"n° {number}", parent=(first, branch)[number % 2]))
        assert errors == []
        orders = list(Comment.objects.filter(thread_id=first.pk).order_by("order").values_list("order", "parent_id"))
        assert [order for order, _parent in orders] == list(range(1, 13))
        assert [parent for _order, parent in orders] == [first.pk] * 2 + [branch.pk] * 5 + [first.pk] * 5
        first.refresh_from_db()
        assert first.nested_count == 11

    @pytest.mark.parametrize("is_reply", [False, True])
    def test_ten_sendings_of_one_form_make_one_row(self, card, anna, is_reply):
        parent = say(card, anna) if is_reply else None
        key = uuid.uuid4()
        stored = []

        def send(_number):
            comment = services.post_comment(
                target=card, author=anna, text="Une fois", submission_key=key, parent=parent
            )
            stored.append(comment.pk)

        assert run_together(10, send) == []
        assert len(set(stored)) == 1
        assert Comment.objects.filter(comment="Une fois").count() == 1

    def test_a_reply_and_the_removal_of_its_parent_never_mix(self, card, anna, paul):
        comment = say(card, anna)

        def act(number):
            if number:
                services.delete_comment(comment=comment, author=anna)
            else:
                try:
                    say(card, paul, "Réponse", parent=comment)
                except services.ParentUnavailable:
                    return

        assert run_together(2, act) == []
        comment.refresh_from_db()
        assert comment.is_removed
