"""Saved searches, and the mails that tell of what is new in them."""
