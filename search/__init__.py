"""Search: one flat row per findable thing, one interface, engines behind it."""
