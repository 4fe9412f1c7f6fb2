"""The site's settings for tests: the demonstration, fast hashers, mail kept in memory, files served unhashed."""

import os
import shutil
from pathlib import Path

os.environ["DEMO"] = "1"

from kb_site.settings import *  # noqa: E402, F403
from kb_site.settings import BASE_DIR, CACHES, DATABASES, STATIC_ROOT, STORAGES, TEMPLATES
from tests.unknown_variables import FailsForUnknownVariables

# Words as they are written in the sources; set as the site sets them where a test asks for it, and before a browser.
TEMPLATES[0]["BACKEND"] = "tests.typesetting.SwitchedTemplates"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = FailsForUnknownVariables(folder=BASE_DIR / "templates")
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A thread of the live server keeps its connection as long as the browser keeps its own; when the database of the test was
# dropped meanwhile, the next request finds it out and opens another.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "OPTIONS": {"options": "-c synchronous_commit=off"}}
# Each test that commits makes and drops a database, over a thousand files, at which disks are slow: where memory has room,
# the embedded server of the tests keeps its files there. `make clean` forgets them.
IN_MEMORY = Path(f"/dev/shm/passe-relais{str(BASE_DIR).replace('/', '-')}")  # noqa: S108
if "DATA_DIRECTORY" in DATABASES["default"] and IN_MEMORY.parent.is_dir():
    roomy = IN_MEMORY.exists() or shutil.disk_usage(IN_MEMORY.parent).free > 2**30
    DATABASES["default"] |= {"DATA_DIRECTORY": IN_MEMORY} if roomy else {}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is gathered there for tests, of which WhiteNoise would warn
VIEWS_FLUSH_SECONDS = float("inf")  # a test that counts writes the counts itself
# The tests that need Elasticsearch ask for it (tests/search/conftest.py); all others run on PostgreSQL.
ELASTICSEARCH_URL = ""
# Tests are rolled back, pages would not be; tests/test_kept_pages.py keeps them.
CACHES = CACHES | {
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "parts": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "face": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "face"},
}
