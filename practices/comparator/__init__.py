"""Compares tools: what they ask of people, what they cost in data, what they do with people's data."""
