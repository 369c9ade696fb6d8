"""A real Matrix homeserver for tests: Synapse from its wheel, on 127.0.0.1, over SQLite. Knows nothing of `bot`.

It is installed once, into a virtual environment of its own in the user's cache folder, as its dependencies are many and
not ours. `shared()` is the one server of this test process; `stop_all()` ends what was started here.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from tests.person import Person, ask

VERSION = "1.163.2"
NAME = "lodewire.test"
SECRET = "only for tests on this machine"

# The server ends with whoever started it, also where that process was killed and could end nothing.
PROGRAM = """
import os, sys, threading, time
parent = os.getppid()
def watch():
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
threading.Thread(target=watch, daemon=True).start()
sys.argv = ["synapse", "--config-path", "homeserver.yaml"]
from synapse.app.homeserver import main
main()
"""
LOG = """
version: 1
formatters: {plain: {format: '%(asctime)s %(levelname)s %(name)s %(message)s'}}
handlers: {out: {class: logging.StreamHandler, formatter: plain}}
root: {level: WARNING, handlers: [out]}
disable_existing_loggers: false
"""
CONFIG = """
server_name: "{name}"
public_baseurl: "http://127.0.0.1:{port}/"
listeners:
  - {{port: {port}, type: http, tls: false, bind_addresses: ['127.0.0.1'], resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: "{folder}/homeserver.db"}}}}
media_store_path: "{folder}/media"
signing_key_path: "{folder}/signing.key"
log_config: "{folder}/log.yaml"
registration_shared_secret: "{secret}"
macaroon_secret_key: "{secret}"
form_secret: "{secret}"
enable_registration: false
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
presence: {{enabled: false}}
bcrypt_rounds: 4
"""
UNLIMITED = """
rc_message: &off {per_second: 100000, burst_count: 100000}
rc_registration: *off
rc_login: {address: *off, account: *off, failed_attempts: *off}
rc_joins: {local: *off, remote: *off}
rc_joins_per_room: *off
rc_invites: {per_room: *off, per_user: *off, per_issuer: *off}
rc_room_creation: *off
"""


def python_with_synapse() -> Path:
    """The Python of the environment that has Synapse, made where it is missing. Two processes may ask at once."""
    cache = user_cache_path("lodewire-tests")
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"synapse-{VERSION}-py{sys.version_info.major}.{sys.version_info.minor}"
    with FileLock(f"{home}.lock"):
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)
            _run(sys.executable, "-m", "venv", str(home))
            pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
            _run(*pip, f"matrix-synapse=={VERSION}")
            (home / "complete").touch()
    return home / "bin" / "python"


def _run(*program: str) -> None:
    done = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(program)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Synapse:
    """A server with a folder and a port of its own; started, killed and started again over the same data."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "synapse.log").open("ab") as log:
            program = [str(python_with_synapse()), "-c", PROGRAM]
            self.process = subprocess.Popen(
                program, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_quiet_environment()
            )
        until = time.monotonic() + 60
        while not self._is_healthy():
            assert self.process.poll() is None, (self.folder / "synapse.log").read_text()[-3000:]
            assert time.monotonic() < until, "Synapse did not answer within a minute"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it for good, with its data."""
        if self.process is not None:
            self.process.kill()  # nothing of it is needed any more
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def person(self, name: str = "", *, is_admin: bool = False) -> Person:
        """A new user, logged in; the name is made unique."""
        name = f"{name or 'user'}-{secrets.token_hex(4)}"
        path = "/_synapse/admin/v1/register"
        nonce = ask(self.url, "GET", path)["nonce"]
        role = "admin" if is_admin else "notadmin"
        words = "\0".join([nonce, name, f"pw-{name}", role]).encode()
        mac = hmac.new(SECRET.encode(), words, hashlib.sha1).hexdigest()
        form = {"nonce": nonce, "username": name, "password": f"pw-{name}", "admin": is_admin, "mac": mac}
        made = ask(self.url, "POST", path, form)
        return Person(self.url, made["user_id"], made["access_token"], made["device_id"], f"pw-{name}")


def _quiet_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}


def run_synapse(*, has_limits: bool = False) -> Synapse:
    """A fresh server, running. `has_limits`: with Synapse's own rate limits; otherwise with none."""
    folder = Path(tempfile.mkdtemp(prefix="lodewire-synapse-"))
    server = Synapse(folder, free_port())
    config = CONFIG.format(name=NAME, port=server.port, folder=folder, secret=SECRET)
    (folder / "homeserver.yaml").write_text(config + ("" if has_limits else UNLIMITED))
    (folder / "log.yaml").write_text(LOG)
    _run(str(python_with_synapse().parent / "generate_signing_key"), "-o", str(folder / "signing.key"))
    _started.append(server)
    server.start()
    return server


_started: list[Synapse] = []
_shared: dict[bool, Synapse] = {}


def shared(*, has_limits: bool = False) -> Synapse:
    """The one server of this process that all tests share, each with users and rooms of its own."""
    if has_limits not in _shared:
        _shared[has_limits] = run_synapse(has_limits=has_limits)
    return _shared[has_limits]


def stop_all() -> None:
    """End every server that was started here."""
    while _started:
        _started.pop().stop()
    _shared.clear()
