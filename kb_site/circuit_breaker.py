"""Stops asking a service that just failed, for a short while, so that its failures cost one request and not all."""

import threading
import time


class CircuitBreaker:
    """Closed: the service is asked. Open: it is not. After `pause` seconds one caller tries, the others wait for it.

    One per process: each finds out by itself, at the price of one slow request.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = True
        self._next_try = 0.0

    @property
    def closed(self) -> bool:
        """Whether the service answered when it was last asked."""
        return self._closed

    def lets_through(self, pause: float) -> bool:
        """Tell whether to ask the service now. Whoever is let through says how it went: succeeded() or failed()."""
        with self._lock:
            if self._closed:
                return True
            if time.monotonic() < self._next_try:
                return False
            self._next_try = time.monotonic() + pause
            return True

    def succeeded(self) -> bool:
        """The service answered; return whether this is news."""
        with self._lock:
            news, self._closed = not self._closed, True
            return news

    def failed(self, pause: float) -> bool:
        """The service did not answer; return whether this is news."""
        with self._lock:
            news, self._closed = self._closed, False
            self._next_try = time.monotonic() + pause
            return news
