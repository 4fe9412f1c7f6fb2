"""Migrations of an empty database, quicker: a table that they create changes no table made before.

For each new model Django renders anew all those that it leads to, and all those that lead to these: two hundred classes for
any that belongs to an account or a page, a fifth of the time that the sample database takes. The statements are the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations.state import ProjectState

_what_to_render = ProjectState._find_reload_model


def _alone_when_new(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    if model_name in state.apps.all_models[app_label]:
        return _what_to_render(state, app_label, model_name, delay)
    return {(app_label, model_name)}


@contextmanager
def rendered_alone() -> Iterator[None]:
    with patch.object(ProjectState, "_find_reload_model", _alone_when_new):
        yield
