"""A card drawn from a session has just been published."""
