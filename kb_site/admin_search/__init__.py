"""The search of the editing screens, which forgives."""
