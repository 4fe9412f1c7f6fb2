"""The index that PostgreSQL holds: postings, filters and facets, words of each entry, vocabulary; and their snapshot.

It is kept whatever engine answers: it takes over when the other is down, and corrections and re-ranking read it.
"""
