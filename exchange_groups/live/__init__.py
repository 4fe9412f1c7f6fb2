"""A session while it is held: the facilitator's screen, the participants' page, what is captured."""
