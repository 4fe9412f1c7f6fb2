"""The sample sessions: read with care, so that a slip of the pen is not stored."""

import re

import pytest
from django.conf import settings as site

from exchange_groups.sessions.sample_content import sessions

FIXTURE = site.BASE_DIR / "fixtures" / "sessions.toml"


@pytest.fixture
def sample(tmp_path, settings):
    """Other sessions than those loaded, with this text in place of that one."""

    def write(there: str, wrong: str) -> None:
        text = re.sub(r'(?m)^key = "', 'key = "again-', FIXTURE.read_text("utf-8"))
        assert there in text
        (tmp_path / "fixtures").mkdir()
        (tmp_path / "fixtures" / "sessions.toml").write_text(text.replace(there, wrong), "utf-8")
        settings.BASE_DIR = tmp_path

    return write


@pytest.mark.parametrize("known", ["to_write_up", "postponed"])
def test_a_state_that_is_not_one_stops_the_loading(db, sample, known):
    sample(f'state = "{known}"', 'state = "mislaid"')
    with pytest.raises(ValueError, match="mislaid"):
        sessions()
