"""An array of codes from a closed list, ticked as boxes in forms."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ChoiceArrayField(ArrayField):
    """PostgreSQL's array, whose form field offers the closed list of its base field."""

    def __init__(self, choices: Any = None, **kwargs: Any) -> None:
        if choices is not None:
            numbers = issubclass(choices, models.IntegerChoices)
            base = models.IntegerField(choices=choices) if numbers else models.CharField(choices=choices, max_length=40)
            kwargs.setdefault("base_field", base)
            kwargs.setdefault("default", list)
        super().__init__(**kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=self.base_field.choices or (),
            coerce=self.base_field.to_python,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )

    def labels(self, values: list[Any]) -> list[str]:
        """Return the labels of these codes, in the order of the closed list."""
        return [str(label) for code, label in self.base_field.flatchoices if code in values]
