"""The forms of the editorial workflow."""
