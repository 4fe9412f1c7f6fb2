"""The forms of groups and of topics."""
