"""Cards, words and posts that the tests of comments share."""

import json
import threading
import uuid

from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from kb_site.accounts.models import Network
from practices.comments import services
from practices.comments.forms import CommentForm
from practices.comments.threads import threads_of
from practices.models import PracticePage, PracticeSectionPage


def make_card(section, slug, **fields):
    card = PracticePage(
        title=slug.capitalize(),
        slug=slug,
        **{
            "summary": "En une phrase",
            "kind": "lien_collectif",
            "objective": "Garder le lien",
            "limits": "Pas en cas d’urgence",
            "challenges": ["isolement"],
            "modality": "distance_direct",
            "channels": ["telephone"],
            "evidence": "temoignage",
            "first_published_at": timezone.now(),
            "last_published_at": timezone.now(),
            "steps": json.dumps([{"type": "step", "value": {"title": "Appeler", "instruction": "Appeler."}}] * 2),
        }
        | fields,
    )
    card.steps = PracticePage._meta.get_field("steps").to_python(card.steps)
    return section.add_child(instance=card)


def make_section(index, slug):
    network = Network.objects.create(name=slug.capitalize(), slug=slug)
    return index.add_child(instance=PracticeSectionPage(title=network.name, slug=slug, network=network))


def say(page, author, text="Bonjour à tous", parent=None):
    return services.post_comment(target=page, author=author, text=text, submission_key=uuid.uuid4(), parent=parent)


def sent(text="Bonjour à tous", **fields):
    return {"text": text, "submission_key": str(uuid.uuid4())} | fields


def add_address(page):
    return reverse("comment_add", args=[page.pk])


def render_comments(card, viewer, page_number=1):
    request = RequestFactory().get("/")
    request.user = viewer
    context = {
        "page": card,
        "threads": threads_of(card, viewer, page_number),
        "comment_form": CommentForm(),
        "user": viewer,
    }
    return render_to_string("comments/comments.html", context, request)


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
