"""A line to a server that may be cut, as when the server is killed: what is asked through it is refused until it is mended."""

import contextlib
import socket
import struct
import threading
from urllib.parse import urlsplit

# Closed so, a connection is reset: what was on its way is lost, as with a process that is killed.
RESET = struct.pack("ii", 1, 0)


class Line:
    """Hands bytes over to the server of this address, both ways; `url` leads to the same server through it."""

    def __init__(self, address: str) -> None:
        to = urlsplit(address)
        self._to = (to.hostname or "127.0.0.1", to.port or 80)
        self._open: list[socket.socket] = []
        self._port = 0
        self.mend()
        self.url = f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, args=[self._listening], daemon=True).start()

    def cut(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for end in self._open:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def _serve(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                asking, _address = listening.accept()
                server = socket.create_connection(self._to)
                self._open += [asking, server]
                for ends in ((asking, server), (server, asking)):
                    threading.Thread(target=_hand_over, args=ends, daemon=True).start()


def _hand_over(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
        other.shutdown(socket.SHUT_WR)
