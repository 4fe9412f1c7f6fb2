"""The verbs of groups, one file per matter: memberships, charters, topics, threads, cards drawn from talk."""
