"""Sentences of a card's history, for what Wagtail does not do itself."""

from typing import Any

from wagtail.log_actions import LogFormatter


def register_log_sentences(actions: Any, *sentences: tuple[str, Any, Any]) -> None:
    """Register log actions: name, label, and a sentence whose %(names)s are those of the entry's data."""
    for action, label, sentence in sentences:
        actions.register_action(action)(_formatter(label, sentence))


def _formatter(name: Any, sentence: Any) -> type[LogFormatter]:
    class Sentence(LogFormatter):
        label = name

        def format_message(self, log_entry: Any) -> str:
            data = {key: "–" if value in (None, "") else value for key, value in log_entry.data.items()}
            return str(sentence % data)

    return Sentence
