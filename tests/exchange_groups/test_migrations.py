"""What was stored under a former name is still told, and still stopped, under the new one."""

from importlib import import_module

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from exchange_groups.models import Topic
from kb_site.notifications.models import Cadence, CadenceChoice, Notification
from kb_site.notifications.page_context import lines_of
from tests.factories import GroupFactory, member_of, topic_in

renaming = import_module("exchange_groups.migrations.0003_topic_became_card")


def test_a_topic_that_became_a_card_is_still_told_and_its_cadence_kept(db):
    group = GroupFactory()
    member = member_of(group)
    topic = topic_in(group)
    told = Notification.objects.create(
        recipient=member,
        kind="topic_capitalised",
        key=f"capitalised:{topic.pk}",
        content_type=ContentType.objects.get_for_model(Topic),
        object_id=topic.pk,
        cadence=Cadence.DAILY,
    )
    CadenceChoice.objects.create(user=member, kind="topic_capitalised", cadence=Cadence.NEVER)

    renaming.forwards(apps, None)

    told.refresh_from_db()
    assert [line.sentence for line in lines_of([told], member)] == [f"« {topic.title} » est devenu une fiche"]
    assert told.key == f"became-card:{topic.pk}"
    assert list(member.cadence_choices.values_list("kind", "cadence")) == [("topic_became_card", "never")]

    renaming.backwards(apps, None)
    assert Notification.objects.filter(kind="topic_capitalised", key=f"capitalised:{topic.pk}").exists()
