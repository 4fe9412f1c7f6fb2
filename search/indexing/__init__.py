"""Bringing Elasticsearch in line with the entries: what waits to be sent, rebuilds, health."""
