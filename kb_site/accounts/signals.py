"""What happens to accounts, for the apps above to follow: receivers run in the transaction of the change."""

from django.dispatch import Signal

# Sent with `user`, whose account has just been approved.
account_approved = Signal()
