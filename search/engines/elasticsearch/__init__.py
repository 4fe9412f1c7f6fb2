"""The Elasticsearch engine, for a whole country: nothing outside this package imports the client."""
