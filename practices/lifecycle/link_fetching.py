"""One polite request to another site, that can never reach this machine's own network.

The host is resolved once and the connection goes to that very address: a name that answers differently a moment later
(DNS rebinding) changes nothing. Each redirect is checked the same way. No more than the first bytes of an answer are
read, and a site that answers drop by drop is left after half a minute.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT = 10  # seconds without a byte
DEADLINE = 30  # seconds for one answer
REDIRECTS = 5
READ_AT_MOST = 512 * 1024
PORTS = {"http": 80, "https": 443}
REDIRECT_STATUSES = {301, 302, 303, 307, 308}

# Ways to write a private IPv4 address inside a public IPv6 one.
NAT64 = ipaddress.ip_network("64:ff9b::/96")

MayReach = Callable[[str, int], bool]


class Forbidden(Exception):
    """The address leads where this site must not go: a private network, an odd port, another protocol."""


class Unreachable(Exception):
    """No answer: unknown host, refused, too slow, broken certificate; the message says which, in French."""


@dataclass(frozen=True)
class Answer:
    """The last answer, redirects followed: its status, the first bytes of its body, the address that gave it."""

    status: int
    body: bytes
    url: str


def is_public(ip: str, port: int) -> bool:
    """Whether an address of the network is on the open internet, at a usual port of the web."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or address.teredo or address in NAT64:
            return False
        address = address.ipv4_mapped or address
    return address.is_global and not address.is_multicast and not address.is_reserved and port in PORTS.values()


def fetch(url: str, *, method: str, user_agent: str, may_reach: MayReach = is_public, read: bool = False) -> Answer:
    """Ask for an address and follow its redirects; the body is read only when asked. Raises Forbidden or Unreachable."""
    for _hop in range(REDIRECTS + 1):
        parts = _split(url)
        answer, location = _ask(parts, method, user_agent, may_reach, read)
        if not location:
            return Answer(answer.status, answer.body, url)
        url = urljoin(url, location)
    raise Unreachable("trop de redirections")


def post(url: str, *, body: bytes, headers: dict[str, str], user_agent: str, may_reach: MayReach = is_public) -> int:
    """Hand a body over to an address, redirects not followed; return the status. Raises Forbidden or Unreachable."""
    answer, _location = _ask(_split(url), "POST", user_agent, may_reach, False, body=body, headers=headers)
    return answer.status


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError as error:
        raise Forbidden(url) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or not has_port:
        raise Forbidden(url)
    return parts


def _ask(
    parts: SplitResult,
    method: str,
    user_agent: str,
    may_reach: MayReach,
    read: bool,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[Answer, str]:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = _connection(parts.scheme, host, port, may_reach)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=?~-._')}" if parts.query else ""
    watchdog = threading.Timer(DEADLINE, _cut, [connection])
    watchdog.daemon = True
    watchdog.start()
    try:
        told = {"User-Agent": user_agent, "Accept": "*/*"} | (headers or {})
        connection.request(method, path + query, body=body, headers=told)
        response = connection.getresponse()
        location = response.headers.get("Location", "") if response.status in REDIRECT_STATUSES else ""
        return Answer(response.status, response.read(READ_AT_MOST) if read else b"", ""), location
    except TimeoutError as error:
        raise Unreachable("réponse trop lente") from error
    except ssl.SSLError as error:
        raise Unreachable("certificat refusé") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable("connexion interrompue") from error
    finally:
        watchdog.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    with contextlib.suppress(OSError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, port: int, may_reach: MayReach) -> http.client.HTTPConnection:
    try:
        name = host.encode("idna").decode("ascii")
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("site introuvable") from error
    # One private address among several is enough to refuse: the name is not what it says.
    if not all(may_reach(str(address[0]), port) for *_rest, address in found):
        raise Forbidden(host)
    raw = _connected([(str(address[0]), port) for *_rest, address in found])
    connection = http.client.HTTPConnection(name, port, timeout=TIMEOUT)
    connection.sock = raw
    if scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=name)
        except (OSError, ValueError) as error:
            raw.close()
            raise Unreachable("certificat refusé") from error
        connection.default_port = PORTS["https"]  # the Host header needs no port
    return connection


def _connected(addresses: list[tuple[str, int]]) -> socket.socket:
    reason = "connexion refusée"
    for address in addresses:
        try:
            return socket.create_connection(address, timeout=TIMEOUT)
        except TimeoutError:
            reason = "réponse trop lente"
        except OSError:
            continue
    raise Unreachable(reason)
