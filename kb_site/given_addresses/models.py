"""Which addresses were given, and to what."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

TAKEN = _("Cette adresse a déjà servi : d’anciens liens y mènent. Choisissez-en une autre.")


class AddressTaken(Exception):
    """The address was given to something else."""


class GivenAddress(models.Model):
    """An address given for good. `holder` is the key of a row, not a relation to it: the address outlives it."""

    kind = models.CharField(max_length=20)
    address = models.TextField()
    holder = models.BigIntegerField()

    class Meta:
        verbose_name = _("adresse donnée")
        verbose_name_plural = _("adresses données")
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="an_address_is_given_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"


def holder_of(kind: str, address: str) -> int | None:
    """Return the key of what this address was given to, whether it is still there or not; None for a free one."""
    return GivenAddress.objects.filter(kind=kind, address=address).values_list("holder", flat=True).first()


def is_free(kind: str, address: str, *, to: int | None) -> bool:
    """Whether this address may be given to the row of this key (None: a new one)."""
    return holder_of(kind, address) in {None, to}


def give(kind: str, address: str, *, to: int) -> None:
    """Give an address for good; again to the same is harmless. Raises AddressTaken."""
    given, _new = GivenAddress.objects.get_or_create(kind=kind, address=address, defaults={"holder": to})
    if given.holder != to:
        raise AddressTaken(address)


def give_all(kind: str, given: Iterable[tuple[str, int]]) -> None:
    """Give these addresses, each to the row of its key; one that served another stays the other's."""
    rows = (GivenAddress(kind=kind, address=address, holder=holder) for address, holder in given)
    GivenAddress.objects.bulk_create(rows, ignore_conflicts=True)


class LastingSlug(models.Model):
    """A model whose `slug` stands in its address, under `address_kind`: one that served another is refused.

    A form says so beside the field; code that saves without asking raises AddressTaken.
    """

    address_kind: ClassVar[str]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        slug: str = self.slug  # type: ignore[attr-defined]
        if slug and not is_free(self.address_kind, slug, to=self.pk):
            raise ValidationError({"slug": TAKEN})

    def save(self, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(**kwargs)
            if fields is None or "slug" in fields:
                give(self.address_kind, self.slug, to=self.pk)  # type: ignore[attr-defined]
