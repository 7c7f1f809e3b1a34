"""How gunicorn serves the archive. It reads this file by itself in the checkout: `gunicorn wsgi:app`.

Every value can be overruled on the command line, such as `gunicorn --bind unix:/run/kliping/socket --workers 4`.
"""

import os
import socket
from errno import EADDRINUSE
from typing import Any

bind = "127.0.0.1:8000"  # this machine alone; a reverse proxy opens it to others (docs/operations.md)
workers = 2  # processes; one a core, since a query keeps a core busy
threads = 4  # of a process; a short query overtakes a long one
worker_class = "web.serving.worker.BufferingWorker"  # slow clients hold no thread
timeout = 60  # seconds after which a process whose loop stands still is killed and replaced
graceful_timeout = 30  # seconds in which a stopping process finishes its answers
keepalive = 15  # seconds an idle connection stays open; a reader asks again within them or connects anew
backlog = 1024  # connections the system holds while all processes are busy
forwarder_headers = ""  # no request header sets SCRIPT_NAME; see KLIPING_URL and KLIPING_PROXIES
loglevel = "warning"  # starts and stops are not worth a line; the app logs requests by KLIPING_LOG

LAST_PORT = 65_535
FIRST_OPEN_PORT = 1_024  # below it a program needs rights


def on_starting(server: Any) -> None:
    """Say in one sentence that an address cannot be used, before workers are started and gunicorn tries five times."""
    if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:  # sockets that are open already are taken over
        return
    for address in server.cfg.address:
        if isinstance(address, tuple):
            _require_free(*address[:2])


def _require_free(host: str, port: int) -> None:
    try:
        found, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(found[0]) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found[4])
    except OSError as error:
        port_beside = port + 1 if FIRST_OPEN_PORT <= port < LAST_PORT else 8000
        remedy = "Stop what is there, or take another port" if error.errno == EADDRINUSE else "Take another address"
        remedy += f", such as: make run HOST=127.0.0.1 PORT={port_beside}"
        raise SystemExit(
            f"{host}:{port} cannot be served: {(error.strerror or str(error)).lower()}. {remedy}"
        ) from None


def when_ready(server: Any) -> None:
    """Say where the archive is."""
    for listener in server.LISTENERS:
        print(f"Kliping: {listener}  (stop with Ctrl-C)", flush=True)  # noqa: T201  # the one line of a start
