"""What happens in search, for the apps above to follow: receivers run at once, in the same transaction."""

from django.dispatch import Signal

# Entries were written or removed: `keys`, and `hides`, true when they have gone or when fewer people may read them.
entries_changed = Signal()

# A reader searched: `request`, `query`, `results`.
searched = Signal()
