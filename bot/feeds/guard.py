"""The wall between feeds and our own network: which addresses may be connected to, held at the very connection.

A name is not checked before it is looked up, and not looked up twice: the address that is judged is the one that is
dialled, whatever the name server says a second later.
"""

from __future__ import annotations

import errno
import socket
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

_CLOSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata service of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_OPEN_V6 = IPv6Network("2000::/3")  # all that is given out; mapped, NAT64, private, link-local, multicast lie outside
_CLOSED_V6 = tuple(
    block
    for block in map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
    if isinstance(block, IPv6Network)  # Teredo and assignments, documentation, 6to4, documentation
)
WEB_PORTS = frozenset({80, 443})  # of those below 1024, which belong to services known by their number
# Those of browsers (https://fetch.spec.whatwg.org/#port-blocking), and of what stores and runs things.
_OTHER_PORTS = frozenset(
    int(port)
    for port in (
        "1433 1521 1719 1720 1723 2049 2375 2376 2379 2380 3306 3389 3659 4045 4190 5060 5061 5432 5672 5900 6000 6379 "
        "6443 6566 6665 6666 6667 6668 6669 6679 6697 9042 9092 9200 9300 10080 10250 11211 27017"
    ).split()
)


class PrivateAddress(OSError):
    """The address belongs to this machine, a private network or no one: it is not connected to."""

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, "not a public address")
        self.address = address


class ClosedPort(PrivateAddress):
    """The port is one of mail, databases and the like: nothing is sent there that its server might take for orders."""

    def __init__(self, address: str) -> None:
        OSError.__init__(self, errno.EACCES, "not a public address: not a port of the web")
        self.address = address


def is_web_port(port: int) -> bool:
    """Whether a web server may be expected there: 80, 443, and what from 1024 up is known for nothing else."""
    return port in WEB_PORTS or (1024 <= port <= 65535 and port not in _OTHER_PORTS)


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the open Internet. What is no address is not.

    Our own table: `ipaddress.is_global` calls NAT64, 6to4 and multicast addresses global, and differs by version.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if parsed.version == 4:
        return not any(parsed in block for block in _CLOSED_V4)
    return parsed in _OPEN_V6 and not any(parsed in block for block in _CLOSED_V6)


def open_public_socket(address: tuple[Any, ...]) -> socket.socket:
    """A socket for an address as getaddrinfo gives it: aiohttp's `socket_factory`. Raises PrivateAddress."""
    family, kind, protocol, _, target = address
    host = str(target[0])
    if family not in (socket.AF_INET, socket.AF_INET6) or not is_public(host):
        raise PrivateAddress(host)
    if not is_web_port(target[1]):
        raise ClosedPort(host)
    return socket.socket(family, kind, protocol)


def is_refused(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is a refusal of `open_public_socket` (several are joined by number)."""
    while error is not None:
        if isinstance(error, PrivateAddress) or (isinstance(error, OSError) and "not a public address" in str(error)):
            return True
        error = error.__cause__
    return False


def is_closed_port(error: BaseException | None) -> bool:
    """Whether a refusal is one of the port: the addresses would have been public."""
    while error is not None:
        if isinstance(error, ClosedPort) or "not a port of the web" in str(error):
            return True
        error = error.__cause__
    return False
