"""A file that the site remembers and that its storage has lost."""

from django.http import Http404


class FileMissing(Http404):
    """The file is no longer on the storage. The message, in French, is shown by the page « not found »."""
