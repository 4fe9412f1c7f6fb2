"""The verbs of minutes, one file per matter: writing, review, public version, actions, cards."""
