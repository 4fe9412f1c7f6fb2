"""The form of the words at the head of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import GuardedForm, TextField

from .models import FOREWORD_LENGTH


class ForewordForm(GuardedForm):
    """A few sentences, read for names before they leave the site."""

    text = TextField(
        label=_("Introduction"),
        help_text=_(
            "Ce que les chiffres ne disent pas : ce qui a compté, ce qui reste à faire. Elle ouvre le rapport."
        ),
        max_length=FOREWORD_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
