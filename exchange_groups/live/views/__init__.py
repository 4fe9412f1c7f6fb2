"""The pages of a held session: the facilitator's, the participants', the tiny answer that tells of a change."""
