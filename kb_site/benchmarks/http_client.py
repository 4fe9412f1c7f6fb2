"""One HTTP/1.1 connection whose bytes are counted, both ways: for measuring."""

import socket
from dataclasses import dataclass
from types import TracebackType

# What Chromium on a phone sends with a fetch, as captured on the wire.
PHONE = {
    "Connection": "keep-alive",
    "sec-ch-ua-platform": '"Android"',
    "Accept-Language": "fr",
    "sec-ch-ua": '"Not:A-Brand";v="8", "Chromium";v="156"',
    "User-Agent": (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
    ),
    "sec-ch-ua-mobile": "?1",
    "Accept": "*/*",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}


@dataclass(frozen=True)
class Exchange:
    """One question and its answer."""

    status: int
    sent: int
    received: int

    @property
    def bytes(self) -> int:
        return self.sent + self.received


class Connection:
    """A kept-alive connection to a server of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __enter__(self) -> "Connection":
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def ask(self, path: str, headers: dict[str, str]) -> Exchange:
        """GET this path; answers have a Content-Length, or no body."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        request = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()
        self.socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _gap, body = answer.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        missing = length - len(body)
        while missing > 0:
            part = self._more()
            missing -= len(part)
        return Exchange(int(head.split(b" ", 2)[1]), len(request), len(head) + 4 + length)

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError
        return part
