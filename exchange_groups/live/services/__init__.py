"""The verbs of a held session, one file per matter: its course, its people, votes, what is captured."""
