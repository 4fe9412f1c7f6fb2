"""Engines of search: one interface, PostgreSQL beside the site, Elasticsearch for a whole country."""
