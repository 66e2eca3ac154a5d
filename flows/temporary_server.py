"""A Prefect server that lives as long as the command that needs it.

Run as `python -m flows.temporary_server FD`, where `FD` is the number of an inherited socket that already listens.
The server ends on SIGTERM, and when its standard input closes, which tells it that its parent was killed.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading


def end_with_parent() -> None:
    """Wait until standard input closes, then terminate this process."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def serve(*, listening: socket.socket) -> None:
    """Serve Prefect's API on a socket that already listens, until a signal ends it."""
    import uvicorn

    # At a lower log level, uvicorn reports the cancelled background worker at every shutdown.
    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    serve(listening=socket.socket(fileno=int(sys.argv[1])))
