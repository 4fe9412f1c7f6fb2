"""What is said once to a person (« Vous suivez « … » ») waits in a cookie of their browser: it is for that person alone.

It may hold the title of what was confided to a group. Signed out, here or from another device, or when somebody else signs in,
the next page does not say it.
"""

from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core import signing
from django.http.response import HttpResponseBase


class OwnCookieStorage(CookieStorage):
    """Django's, signed for who was signed in when it was said: another account, or a visitor, reads nothing of it."""

    def _get(self, *args: Any, **kwargs: Any) -> Any:
        self.signer = self._signer_of_the_moment()
        return super()._get(*args, **kwargs)  # type: ignore[misc]

    def _store(self, *args: Any, **kwargs: Any) -> Any:
        self.signer = self._signer_of_the_moment()
        return super()._store(*args, **kwargs)  # type: ignore[misc]

    def _signer_of_the_moment(self) -> signing.TimestampSigner:
        account = getattr(getattr(self.request, "user", None), "pk", None)
        return signing.get_cookie_signer(salt=f"{self.key_salt}.{account or ''}")


class MessageStorage(FallbackStorage):
    """In the cookie, or in the session when there is more than a cookie holds."""

    storage_classes = (OwnCookieStorage, SessionStorage)

    def _get(self, *args: Any, **kwargs: Any) -> Any:
        found = super()._get(*args, **kwargs)  # type: ignore[misc]
        cookie = self.storages[0]
        if cookie.used:  # it was somebody else's: it leaves the browser
            self.used = True
            self._used_storages.add(cookie)  # type: ignore[attr-defined]
        return found

    def update(self, response: HttpResponseBase) -> Any:
        """Look at the cookie even where the page shows no message, so that it leaves with who it was for."""
        if OwnCookieStorage.cookie_name in self.request.COOKIES:
            list(self._loaded_messages)  # type: ignore[attr-defined]
        return super().update(response)
