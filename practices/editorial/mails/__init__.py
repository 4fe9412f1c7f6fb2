"""The mails of the editorial workflow."""
