"""Experiences: what happened when a structure tried a card, failures included."""
