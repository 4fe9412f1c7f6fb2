"""A code sent by mail and given back on the page that waits for it: kept in the session, for ten minutes and three tries."""

import abc
from typing import Any, ClassVar, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from django.conf import settings
from django.http import HttpRequest

TRIES = 3


class CodeProcess(AbstractCodeVerificationProcess):
    """One use of such a code: where the session keeps it, which mail takes it, what a right code does."""

    kept_in: ClassVar[str]
    mail: ClassVar[str] = "account/email/login_code"

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=TRIES,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,  # type: ignore[arg-type]
        )

    @classmethod
    def current(cls, request: HttpRequest) -> Self | None:
        """Return the process under way; None when none is, or its code is too old."""
        state = request.session.get(cls.kept_in)
        found = cls(request, state) if state else None
        return found.abort_if_invalid() if found else None

    @classmethod
    def start(cls, request: HttpRequest, email: str) -> Self:
        """Send a code to this address and return the process."""
        process = cls(request, cls.initial_state(user=request.user, email=email))  # type: ignore[arg-type]
        process.send()
        process.persist()
        return process

    @property
    def email(self) -> str:
        """Where the code was sent."""
        return str(self.state["email"])

    def send(self) -> None:
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail(self.mail, self.email, {"request": self.request, "code": self.code})

    def persist(self) -> None:
        self.request.session[self.kept_in] = self.state

    def abort(self) -> None:
        self.request.session.pop(self.kept_in, None)

    def finish(self) -> None:
        """The code is right: it serves once."""
        self.abort()
        self.done()

    @abc.abstractmethod
    def done(self) -> None:
        """Do what the code was asked for."""
