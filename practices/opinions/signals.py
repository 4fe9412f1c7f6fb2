"""What readers miss, for search, above: received at once, in the same transaction."""

from django.dispatch import Signal

# Somebody did not find what they sought: `sought`, their words.
not_found = Signal()
