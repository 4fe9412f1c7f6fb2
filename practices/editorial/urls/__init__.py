"""The addresses of the editorial workflow."""
