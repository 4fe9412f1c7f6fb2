"""Minutes of sessions, and what follows: amendments, public version, papers, actions, cards."""
