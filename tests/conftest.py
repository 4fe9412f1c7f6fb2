"""Shared by every test: the structure of the site and its sample content, loaded once in the test database."""

import os

import pytest

os.environ["DEMO"] = "1"


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.core.management import call_command

    if os.environ.get("SAMPLE_CONTENT") == "no":  # tests that build their own site, and flush it
        return
    with django_db_blocker.unblock():
        call_command("setup_site", verbosity=0)
        call_command("load_sample_content", verbosity=0)


@pytest.fixture
def account(db):
    """Return the sample account with this name before the @."""
    from kb_site.members.models import User

    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.fixture
def signed_in(client, account):
    """Return a client signed in as this sample account (None: a visitor)."""
    from django.test import Client

    def sign_in(name: str | None) -> Client:
        browser = Client()
        if name:
            browser.force_login(account(name))
        return browser

    return sign_in
