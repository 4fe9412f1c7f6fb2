"""Exchange groups: who is in, what they promise one another, their topics, and the way from talk to a card."""
