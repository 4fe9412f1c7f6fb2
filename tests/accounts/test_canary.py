"""Somebody who left traces in every table, and whose account ends: a dump of the database, the files and the logs are clean.

The tables are found by themselves: one that is added is written in too. When no row can be made for it, or when the end of
the account leaves what was written there, the test fails until that is decided.
"""

import datetime
import decimal
import json
import logging
import re
import subprocess
import unicodedata
import uuid

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from psycopg import sql
from psycopg.conninfo import make_conninfo
from wagtail.fields import StreamField
from wagtail.models import Revision

from kb_site.accounts.models import User
from kb_site.accounts.services import erasure
from kb_site.mailing.tasks import defer_mail
from kb_site.media.storages import names_in
from kb_site.postgresql_programs import programs_for, server_version
from practices.models import PracticePage

TODAY = datetime.date(2026, 11, 24)
ADDRESS = "zebuline.t@exemple.fr"
# Without accents nor capitals, as they are looked for.
TRACES = ("trifouillard", "quincampoix", "zebuline.t@exemple.fr")
WORDS = f"Vu avec Zébuline  TRIFOUILLARD, ex Quincampoix Zébuline ; {ADDRESS}"
IN_ADDRESSES = "merci-zebuline-trifouillard"
# Columns that may be empty, of which a rule of the table wants one.
ONE_OF = {"exchange_groups.Mention": {"comment"}}

# What no person writes: the framework's and the database's own bookkeeping.
OTHERS_BOOKKEEPING = {
    "auth.Group", "auth.Permission", "contenttypes.ContentType", "sites.Site", "wagtailcore.Locale", "wagtailcore.Site",
    "wagtailcore.Collection", "wagtailcore.Task", "wagtailcore.Workflow", "wagtailcore.ReferenceIndex",
    "sessions.Session",  # encoded; sessions of the account are closed (tests/accounts/test_account_life.py)
    "django_comments_xtd.BlackListedDomain",
    # The index by words, made from the rows: a word goes with the last row that holds it.
    "findable.IndexedEntry", "findable.EntryWords", "findable.Posting", "findable.VocabularyWord",
    "findable.FacetColumn", "findable.TermColumn", "findable.TitleWord", "wagtailsearch.IndexEntry",
}  # fmt: skip
# Codes, digests and places in a tree, whose values a program gives.
CODES = re.compile(
    r"(^|_)(path|digest|hash|nonce|key|token|code|kind|handler|mail|object_id|object_pk|object|action|spec|position|type"
    r"|agent|wagtail_version|revision_hash|filter|contentpath|prefix|language|zone|content_type|password|flag|principal"
    r"|place_code|queue|file_hash)$"
)
EXACT = {"url_path", "object_id", "contentpath", "media_type", "hash", "filter_spec", "focal_point_key"}


def folded(text: str) -> str:
    r"""Return a text without accents nor capitals, \\u00e9 read as é."""
    plain = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)).casefold()


def dump() -> str:
    params = connection.get_connection_params()
    address = make_conninfo(**{key: params[key] for key in ("host", "user", "dbname")})
    command = [
        programs_for(server_version()).path / "pg_dump",
        "--data-only",
        "--rows-per-insert=1",
        "--inserts",
        address,
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def left_in(text: str) -> list[str]:
    plain = [(line, folded(line)) for line in text.splitlines()]
    return [line for line, found in plain if any(trace in found for trace in TRACES)]


# How traces are left


def models_of_people() -> list[type[models.Model]]:
    kept = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    others = [model for model in kept if model._meta.label not in OTHERS_BOOKKEEPING and model is not User]
    return [model for model in others if texts_of(model) or persons_of(model)]


def texts_of(model) -> list[models.Field]:
    wide = (models.CharField, models.TextField, models.JSONField, models.FileField, StreamField)
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, wide) and not field.choices and not field.primary_key
        and not CODES.search(field.name) and field.name not in EXACT
        and (field.max_length is None or field.max_length >= len(IN_ADDRESSES))
    ]  # fmt: skip


def persons_of(model) -> list[str]:
    return [f.name for f in model._meta.local_concrete_fields if f.is_relation and f.related_model is User]


def value_for(field, user):
    """Return something that a column takes: the canary where a person is meant, else a row or a value like another."""
    card = PracticePage.objects.order_by("pk")[0]
    if field.is_relation:
        if field.related_model is ContentType:
            return ContentType.objects.get_for_model(card).pk
        return card.pk if issubclass(card.__class__, field.related_model) else row_of(field.related_model, user)
    if field.name in {"object_id", "object_pk"}:
        return str(card.pk)
    if field.choices:
        return field.flatchoices[0][0]
    kinds = {
        "BooleanField": False, "UUIDField": uuid.uuid4(), "DateField": TODAY, "DateTimeField": timezone.now(),
        "TimeField": datetime.time(9), "DurationField": datetime.timedelta(1), "JSONField": "{}", "BinaryField": b"x",
        "DecimalField": decimal.Decimal(1), "GenericIPAddressField": "127.0.0.1", "ArrayField": "{}",
    }  # fmt: skip
    kind = field.get_internal_type()
    if kind in kinds:
        return kinds[kind]
    return 1 if "Integer" in kind or kind == "FloatField" else uuid.uuid4().hex[: field.max_length or 32]


def row_of(model, user):
    """Return the key of a row of this table that is theirs: one that is, else one of the sample, else one made for it.

    Raises DatabaseError.
    """
    persons = persons_of(model)
    for name in persons:
        if found := model._base_manager.filter(**{name: user.pk}).values_list("pk", flat=True).first():
            return found
    if found := model._base_manager.order_by("-pk").values_list("pk", flat=True).first():
        with transaction.atomic():
            if persons:
                model._base_manager.filter(pk=found).update(**dict.fromkeys(persons, user.pk))
        return found
    values = {}
    for field in model._meta.local_concrete_fields:
        generated = getattr(field, "generated", False) or isinstance(field, models.AutoField)
        meant = field.is_relation and field.related_model is User
        if not generated and (meant or not field.null or field.name in ONE_OF.get(model._meta.label, ())):
            own = field.get_default() if field.has_default() and not meant else None
            values[field.column] = value_for(field, user) if own is None else field.get_db_prep_save(own, connection)
    columns = sql.SQL(", ").join(map(sql.Identifier, values))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(values))
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(
        sql.Identifier(model._meta.db_table), columns, places, sql.Identifier(model._meta.pk.column)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, list(values.values()))
        return cursor.fetchone()[0]


def words_for(field):  # noqa: PLR0911 - one line a kind of column
    if isinstance(field, models.FileField):
        return field.storage.save(f"{IN_ADDRESSES}.txt", ContentFile(b"x"))
    if isinstance(field, models.EmailField):
        return ADDRESS
    if isinstance(field, models.SlugField):
        return IN_ADDRESSES
    if isinstance(field, models.URLField) or field.name in {"url", "old_path", "website"}:
        return f"https://exemple.fr/{IN_ADDRESSES}/"[: field.max_length]
    if isinstance(field, StreamField):
        return json.dumps([{"type": "paragraph", "value": f"<p>{WORDS}</p>", "id": str(uuid.uuid4())}])
    if isinstance(field, models.JSONField):
        return json.dumps({"mots": WORDS, "blocs": json.dumps([{"value": WORDS}])})
    return WORDS if field.max_length is None or field.max_length >= len(WORDS) else "Zébuline Trifouillard"


def write_in(model, user) -> list[str]:
    """Leave traces in every text of a row of this table, made for it or not; return why it cannot be."""
    try:
        pk = row_of(model, user)
    except DatabaseError as error:
        return [f"{model._meta.label}: {str(error).splitlines()[0]}"]
    for field in texts_of(model):
        query = sql.SQL("UPDATE {} SET {} = %s WHERE {} = %s").format(
            *map(sql.Identifier, (model._meta.db_table, field.column, model._meta.pk.column))
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(query, [words_for(field), pk])
        except DatabaseError as error:  # a rule of the table: the text may only be empty here
            return [f"{model._meta.label}.{field.name}: {str(error).splitlines()[0]}"]
    return []


@pytest.fixture
def places(settings, tmp_path, private_files):
    """Return the storages, which keep their files in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return [storages["default"], storages["private"]]


@pytest.fixture
def zebuline(committed_site):
    user = User.objects.create(
        email=ADDRESS, first_name="Zébuline", last_name="Quincampoix", status=User.Status.APPROVED
    )
    user.last_name = "Trifouillard"
    user.save()
    return User.objects.get(pk=user.pk)


def write_everywhere(user) -> list[str]:
    """Leave traces in every table, then in a version of a card as the editor writes it; return what cannot be written."""
    refused = [why for model in models_of_people() for why in write_in(model, user)]
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.credits = "Zébuline Trifouillard, Les Jardins du Canal"
    version = card.save_revision(user=user, clean=False)
    blocks = [{"type": "paragraph", "value": "<p>Zébuline&nbsp;Trifouillard</p>", "id": str(uuid.uuid4())}]
    Revision.objects.filter(pk=version.pk).update(
        content=version.content | {"steps": json.dumps(blocks), "slug": card.slug}
    )
    defer_mail("erasure_asked", to=user)
    return refused


def test_a_dump_the_files_and_the_logs_hold_nothing_of_somebody_who_wrote_everywhere(zebuline, places, caplog):
    caplog.set_level(logging.INFO)
    assert write_everywhere(zebuline) == []
    before = dump()
    written = set(re.findall(r"INSERT INTO public\.(\w+)", "\n".join(left_in(before))))
    assert {model._meta.db_table for model in models_of_people() if texts_of(model)} - written == set()
    assert [name for place in places for name in names_in(place) if "trifouillard" in name]

    erasure.erase(user=zebuline, today=TODAY)

    assert [line[:600] for line in left_in(dump())] == []
    assert left_in("\n".join(name for place in places for name in names_in(place))) == []
    assert left_in(caplog.text) == []
