"""The vocabulary of corrections forgets each night what no text says any more; a rebuild leaves searches their columns."""

import pytest

from search.engines.postgresql import PostgresqlEngine
from search.index import snapshots, writer
from search.index.phrases import entries_with
from search.models import ChangedEntry, SearchEntry, VocabularyWord

from .test_french import found, only_ours, write  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def known(word):
    return VocabularyWord.objects.filter(word=word).exists()


def test_a_word_of_a_removed_text_is_forgotten_in_the_night_even_when_its_family_stays():
    gone = write("Le xylophoniste licenciera")
    write("Licencier")
    PostgresqlEngine().remove([gone.key])
    gone.delete()
    assert known("licenciera")
    assert writer.forget_unsaid_words() >= 3
    assert not known("xylophoniste")
    assert not known("licenciera")
    assert known("licencier")


def test_a_word_of_a_rewritten_text_is_forgotten_and_what_is_still_said_stays():
    entry = write("Le xylophone et la tablette")
    entry.title = "La tablette"
    entry.save()
    PostgresqlEngine().put([entry])
    writer.forget_unsaid_words()
    assert (known("xylophone"), known("tablette"), known("la")) == (False, True, True)


def test_a_phrase_is_found_where_its_words_follow_one_another():
    right = write("Le coffre bien fermé", "La salle de repos est calme")
    write("Fermé bien le coffre", "Le repos de la salle")
    assert entries_with("coffre bien") == [right.pk]
    assert entries_with("salle de repos") == [right.pk]
    assert entries_with("fermé la") == []  # one ends the title, the other begins the text
    assert found('"salle de repos"') == [right.title]


def test_a_long_phrase_is_not_found_by_its_pairs_alone():
    write("un deux trois zéro deux trois quatre")
    assert entries_with("un deux trois quatre") == []


def test_a_rebuild_leaves_unchanged_entries_to_the_snapshot_and_notes_the_others():
    first = write("La première tablette")
    snapshots.take()
    second = write("La seconde tablette")
    assert writer.index_again() == SearchEntry.objects.count() == 2
    assert set(ChangedEntry.objects.values_list("entry_id", flat=True)) == {second.pk}
    assert first.pk != second.pk
    assert sorted(found("tablette")) == ["La première tablette", "La seconde tablette"]
