"""The pages of the editorial workflow."""
