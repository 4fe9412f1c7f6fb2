"""The site's settings for tests: the demonstration, fast hashers, mail kept in memory, files served unhashed."""

import os

os.environ["DEMO"] = "1"

from kb_site.settings import *  # noqa: E402, F403
from kb_site.settings import CACHES, DATABASES, STORAGES

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A server thread must let go of a database that its test drops.
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "OPTIONS": {"options": "-c synchronous_commit=off"}}
VIEWS_FLUSH_SECONDS = float("inf")  # a test that counts writes the counts itself
# The tests that need Elasticsearch ask for it (tests/search/conftest.py); all others run on PostgreSQL.
ELASTICSEARCH_URL = ""
# Tests are rolled back, pages would not be; tests/test_page_cache.py keeps them.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
