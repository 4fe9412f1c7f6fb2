"""Cards, words and posts that the tests of comments share."""

import threading
import uuid

from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from practices.comments import services
from practices.comments.threads import PAGE_PARAMETER


def say(page, author, text="Bonjour à tous", parent=None):
    return services.post_comment(target=page, author=author, text=text, submission_key=uuid.uuid4(), parent=parent)


def sent(text="Bonjour à tous", **fields):
    return {"text": text, "submission_key": str(uuid.uuid4())} | fields


def add_address(page):
    return reverse("comment_add", args=[page.pk])


def render_comments(card, viewer, page_number=1):
    request = RequestFactory().get("/", {PAGE_PARAMETER: page_number})
    request.user = viewer
    return render_to_string("comments/comments.html", {"page": card, "user": viewer}, request)


def visitor():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def run_together(count, work):
    """Run `work(number)` in threads that start at the same instant; return what was raised."""
    barrier = threading.Barrier(count)
    errors = []

    def run(number):
        try:
            barrier.wait(timeout=30)
            work(number)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    return errors
