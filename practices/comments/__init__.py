"""Comments on cards, and on what the apps above let people comment."""
