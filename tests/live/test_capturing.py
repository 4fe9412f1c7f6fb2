"""Notes: nobody overwrites anybody, nothing is stored twice, nothing is lost."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from exchange_groups.live.services import notes
from exchange_groups.live.services.errors import KeyUsed, NotesClosed
from exchange_groups.live.services.running import end_session, start_session
from exchange_groups.sessions.choices import ActionState, NoteKind, SessionState
from exchange_groups.sessions.models import Note, Session
from kb_site.accounts.models import User

from .conftest import make_session


@pytest.fixture
def noted(held, account):
    return notes.capture(session=held, author=account("membre"), text="Le texte d’origine")


@pytest.mark.django_db
def test_the_same_key_sent_twice_is_one_note_and_one_change(held, account):
    key = uuid.uuid4()
    first = notes.capture(session=held, author=account("membre"), text="Une idée", key=key)
    version = Session.objects.get(pk=held.pk).live_version
    again = notes.capture(session=held, author=account("membre"), text="Une idée", key=key)
    assert first.pk == again.pk
    assert Session.objects.get(pk=held.pk).live_version == version


@pytest.mark.django_db
def test_the_same_key_with_other_words_keeps_both(held, account):
    key = uuid.uuid4()
    for text in ("Un", "Deux", "Deux", "Un"):
        notes.capture(session=held, author=account("membre"), text=text, key=key)
    assert sorted(held.notes.values_list("text", flat=True)) == ["Deux", "Un"]


@pytest.mark.django_db
def test_the_key_of_somebody_else_opens_nothing(held, account, noted):
    with pytest.raises(KeyUsed):
        notes.capture(session=held, author=account("edition"), text="Pris", key=noted.key)
    noted.refresh_from_db()
    assert noted.text == "Le texte d’origine"


@pytest.mark.django_db
def test_a_correction_of_what_was_read_replaces_it(noted, account):
    kept = notes.correct(note=noted, by=account("animation"), text="Mieux dit", version=1)
    assert (kept.pk, kept.text, kept.version, kept.author) == (noted.pk, "Mieux dit", 2, account("membre"))


@pytest.mark.django_db
def test_a_correction_of_older_words_is_kept_beside_and_once(noted, account):
    notes.correct(note=noted, by=account("animation"), text="Mieux dit", version=1)
    key = uuid.uuid4()
    for _twice in range(2):
        other = notes.correct(note=noted, by=account("membre"), text="Autrement dit", version=1, key=key)
    assert (other.corrects, other.author, other.text) == (noted, account("membre"), "Autrement dit")
    noted.refresh_from_db()
    assert noted.text == "Mieux dit"
    assert noted.other_versions.count() == 1


@pytest.mark.django_db
def test_words_corrected_in_a_note_taken_away_are_not_lost(noted, account):
    notes.remove(note=noted)
    other = notes.correct(note=noted, by=account("membre"), text="Plus complet", version=1)
    assert other.pk != noted.pk
    assert list(noted.session.notes.standing()) == [other]


@pytest.mark.django_db
def test_an_action_finds_who_does_it_by_name(held, account):
    karim = User.objects.get(email="karim@example.org")
    due = timezone.localdate() + datetime.timedelta(days=7)
    action = notes.capture(
        session=held,
        author=account("animation"),
        kind="action",
        text="Écrire",
        doer_name=karim.first_name.upper(),
        due_on=due,
    )
    assert (action.doer, action.doer_name, action.due_on, action.state) == (karim, "", due, ActionState.TO_DO)
    other = notes.capture(session=held, author=account("animation"), kind="action", text="Lire", doer_name="Sabine")
    assert (other.doer, other.doer_name) == (None, "Sabine")
    note = notes.capture(session=held, author=account("animation"), text="Rien", doer_name="Sabine", due_on=due)
    assert (note.state, note.doer_name, note.due_on) == ("", "", None)


@pytest.mark.django_db
def test_what_comes_back_late_takes_its_place_within_the_session(held, account):
    Session.objects.filter(pk=held.pk).update(started_at=timezone.now() - datetime.timedelta(minutes=30))
    held.refresh_from_db()
    ago = timezone.now() - datetime.timedelta(minutes=10)
    write = lambda at: notes.capture(session=held, author=account("membre"), text=f"{at}", written_at=at).written_at  # noqa: E731
    assert write(ago) == ago
    assert write(ago - datetime.timedelta(days=900)) == held.started_at
    assert write(timezone.now() + datetime.timedelta(days=900)) <= timezone.now()


@pytest.mark.django_db
def test_notes_are_taken_from_the_start_until_the_minutes_are_reread(session, account):
    def note():
        return notes.capture(session=session, author=account("membre"), text="Un mot")

    with pytest.raises(NotesClosed):
        note()
    start_session(session=session)
    note()
    end_session(session=session)
    note()
    Session.objects.filter(pk=session.pk).update(state=SessionState.IN_REVIEW)
    with pytest.raises(NotesClosed):
        note()
    assert session.notes.count() == 2


def together(*actions):
    """Run these at the same instant, each on its own connection; return their results, in order."""
    results, start = [None] * len(actions), threading.Barrier(len(actions))

    def run(number, action):
        try:
            start.wait(30)
            results[number] = action()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.fixture
def crowd(committed_site):
    session = make_session()
    start_session(session=session)
    return Session.objects.get(pk=session.pk), User.objects.get(email="membre@example.org")


def test_two_people_who_correct_the_same_note_at_once_both_keep_their_words(crowd, account):
    session, member = crowd
    note = notes.capture(session=session, author=member, text="Au départ")
    lead = account("animation")
    together(
        lambda: notes.correct(note=note, by=member, text="Selon l’un", version=1),
        lambda: notes.correct(note=note, by=lead, text="Selon l’autre", version=1),
    )
    assert sorted(session.notes.values_list("text", flat=True)) == ["Selon l’autre", "Selon l’un"]
    assert session.notes.exclude(corrects=None).count() == 1


def test_twenty_captures_at_once_are_twenty_notes_and_twenty_changes(crowd):
    session, member = crowd
    write = [lambda n=n: notes.capture(session=session, author=member, text=f"Note {n}") for n in range(20)]
    results = together(*write)
    assert all(isinstance(one, Note) for one in results)
    assert session.notes.count() == 20
    assert Session.objects.get(pk=session.pk).live_version == session.live_version + 20


def test_the_same_key_sent_ten_times_at_once_is_one_note(crowd):
    session, member = crowd
    key = uuid.uuid4()
    results = together(*[lambda: notes.capture(session=session, author=member, text="Une", key=key)] * 10)
    assert {note.pk for note in results} == set(session.notes.values_list("pk", flat=True))
    assert session.notes.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", NoteKind.values)
def test_every_kind_is_kept(held, account, kind):
    assert notes.capture(session=held, author=account("animation"), text="Mot", kind=kind).kind == kind
