"""What a search means beyond its words: constraints, needs, how much of it an entry answers."""
