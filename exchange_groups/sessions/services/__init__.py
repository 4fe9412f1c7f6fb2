"""What is done to a session: prepared, dated, joined, told of."""
