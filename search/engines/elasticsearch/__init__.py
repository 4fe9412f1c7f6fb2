"""The Elasticsearch engine, for a whole country: nothing outside this package imports the client."""

from .engine import ElasticsearchEngine, EntriesRefused

__all__ = ["ElasticsearchEngine", "EntriesRefused"]
