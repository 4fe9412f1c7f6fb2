"""Is a card feasible with these people? One answer, computed from the whole card, for lists, search and the diagnostic.

`lacks.py` says what people may lack and how cards name it, `card_facts.py` what a card says of itself, `ways.py` by which
ways it can be held and what each asks, `verdicts.py` the answer and its reason. All but the reading of the database are
pure functions. The rules and where they stop: docs/decisions/0026-feasibility-from-the-whole-card.md.
"""
