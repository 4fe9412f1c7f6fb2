"""The words of the titles, each by its beginning."""

from django.db import models

from .entries import SearchEntry


class TitleWord(models.Model):
    """One word of the title of one entry, without accents; `place` is its rank in the title, from 0.

    The "C" collation lets the index serve both LIKE 'pre%' and the order by word, whatever the database's language:
    a prefix shared by 20,000 titles costs a walk of a few rows.
    """

    word = models.CharField(max_length=40, db_collation="C")
    place = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="title_words")

    class Meta:
        db_table = "search_suggestions_titleword"
        constraints = [models.UniqueConstraint(fields=["word", "entry"], name="title_word_once_an_entry")]

    def __str__(self) -> str:
        return self.word
