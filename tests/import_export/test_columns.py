"""What an editor writes on a card is in its tables, or is left out for a reason."""

from wagtail.models import Page

from practices.import_export.columns import all_columns
from practices.import_export.exports import SIMPLE
from practices.models import PracticePage

LEFT_OUT = {
    "next_review_at": "follows from the last verification",
    "last_verified_by": "whoever imports did not verify",
    "photo": "a file, not a cell",
    "photo_description": "goes with the photo",
    "photo_caption": "goes with the photo",
    "replaces": "a page of this site, chosen in Wagtail",
}
# What open data tells otherwise than as the field stands, or not at all.
TOLD_OTHERWISE = {
    "themes",
    "steps",
    "condition_links",
    "tool_links",
    "sources",
    "licence",
    "data_mb_min",
    "data_mb_max",
}
TOLD_OTHERWISE |= {"last_verified_at", "review_every_months"}
NOT_OPEN = {"card_owner", "backup_owner", "origin_structure", "visibility", "data_source"}


def test_every_field_of_a_card_has_a_column_or_a_reason_to_have_none():
    ours = {field.name for field in PracticePage._meta.get_fields() if not field.auto_created}
    ours -= {field.name for field in Page._meta.get_fields()}
    assert ours - {column.field for column in all_columns()} == LEFT_OUT.keys()


def test_open_data_hold_what_tables_hold():
    assert {column.field for column in all_columns()} - {*SIMPLE} == TOLD_OTHERWISE | NOT_OPEN
