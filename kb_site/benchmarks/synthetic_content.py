"""Synthetic cards at scale, for benchmarks: the sentences of the sample content, shuffled.

Rows are written in bulk, past Wagtail's services: no revision, no signal, no mail. Never meant for a site that people use.
"""

import random
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Page

from kb_site.accounts.models import User
from practices import choices
from practices.models import PracticePage, PracticeSectionPage, PracticeTheme, Theme

M = TypeVar("M", bound=models.Model)

BATCH = 1_000
SHORTEST_SENTENCE = 20
TEXTS = ("objective", "limits", "fallback", "context", "watchpoints", "adaptations", "observed_results")
Progress = Callable[[str, int], None]


def _insert(model: type[M], rows: list[M]) -> None:
    """Insert rows in the own table of a model whose parents exist already: bulk_create() refuses inherited models."""
    model._base_manager.all()._insert(rows, fields=model._meta.local_concrete_fields, using=connection.alias)  # type: ignore[attr-defined]


def sample_sentences() -> list[str]:
    """Return the sentences of the published cards, each once: what synthetic texts are made of."""
    texts = [text for row in PracticePage.objects.live().values_list(*TEXTS) for text in row]
    found = {
        part.strip(" -")
        for text in texts
        for part in re.split(r"(?<=[.!?;])\s+|\n", text)
        if len(part) > SHORTEST_SENTENCE
    }
    return sorted(found)


class _CardWriter:
    """Makes cards under the sections in turn; the same seed makes the same cards."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - not for secrets
        self.sentences = sample_sentences()
        self.titles = [title.split() for title in PracticePage.objects.live().values_list("title", flat=True)]
        self.themes = list(Theme.objects.values_list("pk", flat=True))
        self.sections = list(PracticeSectionPage.objects.live())
        self.owners = list(User.objects.filter(status=User.Status.APPROVED))
        self.steps = list(PracticePage.objects.live().values_list("steps", flat=True))
        self.content_type = ContentType.objects.get_for_model(PracticePage)
        self.now = timezone.now()

    def text(self, most: int) -> str:
        return " ".join(self.random.choices(self.sentences, k=self.random.randint(1, most)))

    def some(self, vocabulary: Any, most: int = 3) -> list[Any]:
        return self.random.sample(vocabulary.values, k=self.random.randint(1, most))

    def one(self, vocabulary: Any) -> Any:
        return self.random.choice(vocabulary.values)

    def title(self) -> str:
        start, end = self.random.choice(self.titles), self.random.choice(self.titles)
        return " ".join([*start[: len(start) // 2 + 1], *end[len(end) // 2 :]])[:90]

    def page(self, section: PracticeSectionPage, child: int) -> Page:
        title, moment = self.title(), self.now - timedelta(hours=self.random.randint(1, 20_000))
        slug = f"synthese-{section.pk}-{child}"
        return Page(
            path=Page._get_path(section.path, section.depth + 1, child),
            depth=section.depth + 1,
            locale_id=section.locale_id,
            translation_key=uuid.UUID(int=self.random.getrandbits(128)),
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{section.url_path}{slug}/",
            content_type=self.content_type,
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
        )

    def card(self, page: Page) -> PracticePage:
        verified = (self.now - timedelta(days=self.random.randint(1, 500))).date()
        card = PracticePage(
            page_ptr_id=page.pk,
            summary=self.text(1)[:200],
            kind=self.one(choices.Kind),
            challenges=self.some(choices.Challenge),
            audiences=self.some(choices.Audience),
            functions=self.some(choices.Function, 2),
            modality=self.one(choices.Modality),
            channels=self.some(choices.Channel),
            evidence=self.one(choices.Evidence),
            duration_minutes=self.random.choice([10, 20, 30, 45, 60, 90, 120]),
            participant_level=self.random.randint(0, 4),
            last_verified_at=verified,
            last_verified_by=self.random.choice(self.owners),
            next_review_at=verified + timedelta(days=365),
            **{name: self.text(4)[:300] for name in TEXTS},
        )
        card.steps = self.random.choice(self.steps)
        return card


@transaction.atomic
def populate_cards(count: int, *, seed: int, progress: Progress) -> None:
    """Add this many live cards, shared between the sections, each with one to three themes."""
    writer = _CardWriter(seed)
    children = {section.pk: section.get_children().count() for section in writer.sections}
    for start in range(0, count, BATCH):
        pages = []
        for number in range(start, min(start + BATCH, count)):
            section = writer.sections[number % len(writer.sections)]
            children[section.pk] += 1
            pages.append(writer.page(section, children[section.pk]))
        Page.objects.bulk_create(pages)
        _insert(PracticePage, [writer.card(page) for page in pages])
        PracticeTheme.objects.bulk_create(
            PracticeTheme(content_object_id=page.pk, tag_id=theme)
            for page in pages
            for theme in writer.random.sample(writer.themes, k=writer.random.randint(1, 3))
        )
        progress("fiches", start + len(pages))
    for section in writer.sections:
        Page.objects.filter(pk=section.pk).update(numchild=children[section.pk])
