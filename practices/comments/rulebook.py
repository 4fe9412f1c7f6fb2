"""What words must be before anybody may read them, whatever the door: page, mail, notes of a session, proposals, experiences.

`publishable` is for the fields of any form (practices/comments/forms.py); `check_text` says what may be written in a thread;
`write_comment` adds what a thread asks (who may write there, pace, masking)
and stores. Each refusal is a named error whose message is the same at each door. What the guard points at is shown to the
author, who decides: a door says what they were shown (`agreed`).
"""

import re
import uuid
from collections.abc import Collection, Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.accounts.models import User
from kb_site.control_characters import as_read, without_control_characters

from .limits import check_pace, check_words
from .models import Comment
from .personal_data_guard import Finding, find_personal_data, masked
from .policies import policy_of
from .services import CommentError, WritingRefused, post_comment

SHORTEST = 2
TOO_SHORT = gettext_lazy("Écrivez au moins %(limit_value)d caractères.")
TOO_LONG = gettext_lazy("Votre texte a %(show_value)d caractères : %(limit_value)d au plus. Raccourcissez-le.")
LONGEST_NAME_FOUND = 3  # letters under which a name is also a word


class TextTooShort(CommentError):
    """Fewer characters than the door takes."""

    def __init__(self, limit: int) -> None:
        self.message = TOO_SHORT % {"limit_value": limit}  # type: ignore[assignment]
        super().__init__(self.message)


class TextTooLong(CommentError):
    """More characters than the door takes."""

    def __init__(self, length: int, limit: int) -> None:
        self.message = TOO_LONG % {"show_value": length, "limit_value": limit}  # type: ignore[assignment]
        super().__init__(self.message)


class PersonalDataFound(CommentError):
    """The guard points at passages that the author has not been shown. `reasons`: name → what it says of the passage."""

    def __init__(self, findings: list[Finding]) -> None:
        self.reasons = {name_of(finding): sentence_of(finding) for finding in findings}
        self.message = " ".join(self.reasons.values())  # type: ignore[assignment]
        super().__init__(self.message)


def name_of(finding: Finding) -> str:
    """Return what names a passage when its author agrees to it."""
    return f"{finding.kind}:{finding.text}"


def sentence_of(finding: Finding) -> str:
    """Return what is said of a passage, at each door."""
    return _("« %(words)s » : %(why)s") % {"words": finding.text, "why": finding.explanation}


def clean_text(text: str) -> str:
    """Return words as they are stored: composed letters, no character that nobody sees, one sign for an end of line."""
    return without_control_characters(as_read(text)).strip()


def pointed_at(text: str, *, hidden: User | None = None) -> list[Finding]:
    """Return what could make a person recognisable. `hidden`: the author, where their name is masked: it counts too."""
    return find_personal_data(text) + (_own_names(text, hidden) if hidden else [])


def _own_names(text: str, author: User) -> list[Finding]:
    names = {author.first_name, author.last_name, author.email}
    if author.structure:
        names.add(author.structure.name)
    found = []
    for name in sorted(name for name in names if len(name) > LONGEST_NAME_FOUND - 1):
        if match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            why = gettext_lazy("Votre nom est masqué ici, et ces mots vous nomment. Retirez-les.")
            found.append(Finding("masked", match.group(), match.start(), match.end(), why))
    return found


def masked_text(text: str, *, hidden: User | None = None) -> str:
    """Return the same words without what is pointed at: what « masquer » puts in the field."""
    text = masked(text)
    while hidden and (found := _own_names(text, hidden)):
        text = text[: found[0].start] + found[0].masked + text[found[0].end :]
    return text


def check_text(
    text: str, *, longest: int | None = None, shortest: int = SHORTEST, agreed: Collection[str] | None = (),
    hidden: User | None = None,
) -> None:  # fmt: skip
    """Raise the first rule that the words break: TextTooShort, TextTooLong, WordBlocked, PersonalDataFound.

    `longest` and `shortest` are in characters. `agreed`: the names of the passages that the author was shown and keeps;
    None: all of them, they said that they read again.
    """
    limit = longest or settings.COMMENT_MAX_LENGTH
    if len(text) < shortest:
        raise TextTooShort(shortest)
    if len(text) > limit:
        raise TextTooLong(len(text), limit)
    check_words(text)
    if agreed is not None:
        unseen = [finding for finding in pointed_at(text, hidden=hidden) if name_of(finding) not in agreed]
        if unseen:
            raise PersonalDataFound(unseen)


def publishable(text: str) -> None:
    """Refuse, as a validator of a field that others will read, the words that nobody may publish."""
    try:
        check_words(text)
    except CommentError as error:
        raise ValidationError(error.message, code=error.code) from error


def write_comment(
    *,
    target: Model,
    author: User,
    text: str,
    submission_key: uuid.UUID,
    parent: Comment | None = None,
    mentioned: Iterable[User] = (),
    agreed: Collection[str] | None = (),
) -> Comment:
    """Publish a comment on a card or a topic, or a reply to one, if all the rules hold; return it.

    The same key sent again returns the comment stored the first time. `agreed`: see check_text. Whether the author may
    read the target is for the caller to check. Raises a CommentError.
    """
    rules = policy_of(target)
    if refusal := rules.refusal(target, author):
        raise WritingRefused(refusal)
    text = clean_text(text)
    check_text(text, agreed=agreed, hidden=author if rules.masks(target, author) else None)
    if not Comment.objects.filter(submission_key=submission_key, user=author).exists():  # sent twice is written once
        check_pace(author)
    return post_comment(
        target=target, author=author, text=text, submission_key=submission_key, parent=parent, mentioned=mentioned
    )
