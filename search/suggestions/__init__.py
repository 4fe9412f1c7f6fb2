"""Suggestions while typing: titles, themes and tools that begin like the words typed."""
