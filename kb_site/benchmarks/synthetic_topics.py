"""Synthetic topics and comments at scale, for benchmarks: the sentences of the sample content, shuffled.

Comments are copied into their three tables a few thousand at a time: a million take minutes, and no more memory than one
batch. No service, no signal, no mail. Never meant for a site that people use.
"""

import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from django_comments.models import Comment as BaseComment
from django_comments_xtd.models import XtdComment
from psycopg import sql

from exchange_groups.choices import TopicType
from exchange_groups.models import ExchangeGroup, Topic
from kb_site.accounts.models import User
from practices.comments.models import Comment
from practices.models import PracticePage

from .synthetic_content import BATCH, Progress, sample_sentences

THREAD = 5  # a question and four replies
COPIED = 5_000  # a multiple of a thread

BASE_COLUMNS = (
    "id", "content_type_id", "object_pk", "site_id", "user_id", "user_name", "user_email", "user_url", "comment",
    "submit_date", "is_public", "is_removed",
)  # fmt: skip
THREAD_COLUMNS = ("comment_ptr_id", "thread_id", "parent_id", "level", "order", "followup", "nested_count")
OWN_COLUMNS = ("xtdcomment_ptr_id", "submission_key", "masked")

COUNT_REPLIES = """
UPDATE exchange_groups_topic topic
SET reply_count = said.replies, answer_count = said.answers, last_activity_at = said.latest
FROM (
    SELECT made.id, count(*) AS replies, count(*) FILTER (WHERE reply.user_id <> made.author_id) AS answers,
           max(reply.submit_date) AS latest
    FROM django_comments reply JOIN exchange_groups_topic made ON made.id = reply.object_pk::bigint
    WHERE reply.content_type_id = %s AND reply.id >= %s
    GROUP BY made.id
) said
WHERE topic.id = said.id
"""


def populate_topics(count: int, *, seed: int, progress: Progress) -> list[int]:
    """Add this many topics by the sample accounts, spread over the sample groups; return their ids."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    sentences, authors = sample_sentences(), list(User.objects.filter(status=User.Status.APPROVED))
    groups = list(ExchangeGroup.objects.order_by("pk"))
    now = timezone.now()
    made: list[int] = []
    for start in range(0, count, BATCH):
        topics = [
            Topic(
                group=(group := groups[number % len(groups)]),
                confidentiality=group.confidentiality,
                admits_institutions=group.admits_institutions,
                type=dice.choice([TopicType.QUESTION, TopicType.BESOIN, TopicType.ADAPTATION]),
                title=dice.choice(sentences)[:110],
                body=" ".join(dice.choices(sentences, k=3)),
                author=dice.choice(authors),
                created_at=now - timedelta(minutes=10 * (count - number)),
                last_activity_at=now - timedelta(minutes=10 * (count - number)),
                facilitators_told_at=now,
                submission_key=uuid.UUID(int=dice.getrandbits(128)),
            )
            for number in range(start, min(start + BATCH, count))
        ]
        made += [topic.pk for topic in Topic.objects.bulk_create(topics)]
        progress("sujets", len(made))
    return made


@transaction.atomic
def populate_comments(count: int, *, seed: int, progress: Progress, topics: Sequence[int] = ()) -> None:
    """Add this many comments by the sample accounts, in threads of five: over these topics, or over all live cards.

    The first topics get most of the talk, as in life: over 20,000 topics the first one gets about 0.7 % of it.
    """
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    targets = list(topics) or list(PracticePage.objects.live().values_list("pk", flat=True))
    content_type = ContentType.objects.get_for_model(Topic if topics else PracticePage)
    first_id = (BaseComment.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    writer = _CommentWriter(dice, content_type.pk, targets, skewed=bool(topics), last=timezone.now())
    for start in range(0, count, COPIED):
        rows = list(writer.rows(range(start, min(start + COPIED, count)), first_id, count))
        _copy(BaseComment, BASE_COLUMNS, (row[0] for row in rows))
        _copy(XtdComment, THREAD_COLUMNS, (row[1] for row in rows))
        _copy(Comment, OWN_COLUMNS, (row[2] for row in rows))
        progress("commentaires", start + len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('django_comments', 'id'), (SELECT max(id) FROM django_comments))"
        )
        if topics:
            cursor.execute(COUNT_REPLIES, [content_type.pk, first_id])


class _CommentWriter:
    """Makes the rows of comments; the same seed makes the same ones."""

    def __init__(self, dice: random.Random, content_type: int, targets: list[int], *, skewed: bool, last: Any) -> None:
        self.dice, self.content_type, self.targets, self.skewed, self.last = dice, content_type, targets, skewed, last
        self.sentences = sample_sentences()
        self.authors = list(User.objects.filter(status=User.Status.APPROVED).values_list("pk", flat=True))
        self.target = 0

    def rows(self, numbers: range, first_id: int, count: int) -> Iterator[tuple[tuple[Any, ...], ...]]:
        """Yield the rows of each comment in the three tables: a question, then replies one level below."""
        dice = self.dice
        for number in numbers:
            pk, place = first_id + number, number % THREAD
            thread = pk - place
            if place == 0:
                draw = dice.random()
                self.target = self.targets[int(len(self.targets) * (draw * draw if self.skewed else draw))]
            text = " ".join(dice.choices(self.sentences, k=2))
            moment = self.last - timedelta(seconds=30 * (count - number))
            yield (
                (pk, self.content_type, str(self.target), 1, dice.choice(self.authors), "", "", "", text, moment, True, False),
                (pk, thread, thread, min(place, 1), place + 1, False, 0 if place else THREAD - 1),
                (pk, uuid.UUID(int=dice.getrandbits(128)), False),
            )  # fmt: skip


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows with COPY, which is an order of magnitude lighter than INSERT."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
