"""The section that cards are imported in, and what imports them."""

import pytest

from practices.import_export.services import check_cards, import_cards
from practices.models import PracticeSectionPage

from .tables import as_file


@pytest.fixture
def section(db):
    return PracticeSectionPage.objects.get(slug="chantiers-idf")


@pytest.fixture
def run(section, account):
    def run_(*rows, role="edition", check=False, publish=False, content=None, columns=None):
        call = check_cards if check else import_cards
        content = content or as_file(*rows, columns=columns)
        return call(content=content, section=section, by=account(role), publish=publish)

    return run_
