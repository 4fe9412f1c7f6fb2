"""What happens in groups, for the apps above to follow: receivers run in the transaction of the change."""

from django.dispatch import Signal

# Sent with `user`, who has just left a group, or all of them with their account: their rights are already gone.
member_left = Signal()

# Sent with `session`, which has just ended, or where something was noted, corrected or taken away since it ended.
session_noted = Signal()
