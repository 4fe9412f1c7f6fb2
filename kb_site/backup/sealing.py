"""Files of a backup, written and read as streams; encrypted by a public key when there is one.

The format is age's: whoever holds the private key opens a backup with any of its programs, without this site. Nothing is
ever written on the disk unencrypted.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from .errors import BackupError

ENDING = ".age"
SECRET_PREFIX = "AGE-SECRET-KEY-"  # noqa: S105 - how a line of a key file begins, not a key

# x25519.Recipient and x25519.Identity: pyrage has no stubs.
Recipient: TypeAlias = Any
Identity: TypeAlias = Any


def recipient_of(public_key: str) -> Recipient | None:
    """Return the public key to encrypt for (« age1… »), None for an empty one. Raises BackupError."""
    if not public_key:
        return None
    try:
        return x25519.Recipient.from_str(public_key.strip())
    except RecipientError as error:
        raise BackupError(
            "La clé publique (BACKUP_PUBLIC_KEY) n’en est pas une : elle commence par « age1 »."
        ) from error


def identity_in(key_file: Path) -> Identity:
    """Return the private key of a file that age-keygen wrote. Raises BackupError, OSError."""
    try:
        lines = key_file.read_text("utf-8").split()
        return next(x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET_PREFIX))
    except (StopIteration, IdentityError, UnicodeDecodeError) as error:
        raise BackupError(f"{key_file} ne contient pas de clé privée (« {SECRET_PREFIX}… »).") from error


class _Pump(threading.Thread):
    """Runs one end of a pipe while the caller holds the other; keeps the error for whoever waits."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work, self.error = work, None
        self.start()

    error: Exception | None

    def run(self) -> None:
        try:
            self._work()
        except (DecryptError, EncryptError, OSError) as error:
            self.error = error


@contextmanager
def written(path: Path, recipient: Recipient | None) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes land in this file, encrypted for `recipient`. Raises BackupError, OSError."""
    with path.open("wb") as file:
        if recipient is None:
            yield file
            return
        far, near = os.pipe()

        def encrypt() -> None:
            with os.fdopen(far, "rb") as source:  # closed at an error too: the writer must not wait for ever
                encrypt_io(source, file, [recipient])

        pump = _Pump(encrypt)
        try:
            with os.fdopen(near, "wb") as stream, suppress(BrokenPipeError):
                yield stream
        finally:
            pump.join()
        if pump.error:
            raise BackupError(f"{path.name} n’a pas pu être chiffré : {pump.error}") from pump.error


@contextmanager
def read(path: Path, identity: Identity | None) -> Iterator[IO[bytes]]:
    """Give a stream of what this file holds, decrypted when its name says that it is encrypted. Raises BackupError, OSError."""
    with path.open("rb") as file:
        if path.suffix != ENDING:
            yield file
            return
        if identity is None:
            raise BackupError("Cette sauvegarde est chiffrée : donnez le fichier de la clé privée (--key).")
        near, far = os.pipe()

        def decrypt() -> None:
            with suppress(BrokenPipeError), os.fdopen(far, "wb") as stream:  # the reader may have read enough
                decrypt_io(file, stream, [identity])

        pump = _Pump(decrypt)
        broken: Exception | None = None
        try:
            with os.fdopen(near, "rb") as stream:
                yield stream
        except Exception as error:  # of a stream cut short: why it was tells more
            broken = error
        finally:
            pump.join()
        if pump.error and not (broken is None and isinstance(pump.error, BrokenPipeError)):
            raise BackupError(f"{path.name} ne s’ouvre pas avec cette clé privée.") from pump.error
        if broken:
            raise broken
