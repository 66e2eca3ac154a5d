"""Processes that start at once: copies of one that has imported everything and loaded the model.

Each has its own memory, exit code and signals, as a process started by `subprocess` has; it only does not import again,
and ends without freeing what it shares with the others. Tests of what is imported, and of what is said at the very end,
start a process of their own. This module is also the script of the process that is copied.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]


class Process:
    """A process that was started. Only one runs at a time."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._server = server()
        self._output = [Path(job[name]) for name in ("stdout", "stderr")]
        print(json.dumps(job), file=self._server.stdin, flush=True)
        self.pid = int(self._answer())
        self.returncode: int | None = None

    def _answer(self) -> str:
        assert self._server.stdout
        line = self._server.stdout.readline()
        assert line, "the process that is copied has ended"
        return line

    @property
    def stdout(self) -> str:
        return self._output[0].read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        return self._output[1].read_text(encoding="utf-8")

    def is_running(self) -> bool:
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, *, seconds: float = 300) -> int:
        """Wait for its end and return its exit code, which is negative where a signal ended it."""
        deadline = time.monotonic() + seconds
        while self.is_running() and time.monotonic() < deadline:
            time.sleep(0.01)
        if self.is_running():
            self.kill()
        if self.returncode is None:
            print("wait", file=self._server.stdin, flush=True)
            self.returncode = os.waitstatus_to_exitcode(int(self._answer()))
        return self.returncode

    def wait_until(self, holds: Callable[[], bool], *, seconds: float = 60) -> None:
        """Wait until something holds, for as long as the process runs."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert self.is_running(), self.stdout + self.stderr
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.01)

    def wait_until_printed(self, text: str) -> None:
        self.wait_until(lambda: self.stdout == text)


def start(
    code: str = "",
    *args: str | Path,
    module: str = "",
    cwd: Path | None = None,
    stdin: str = "",
    new_session: bool = False,
    **environment: str,
) -> Process:
    """Start a process that runs code or a module, with what `environment` says besides the variables of this one."""
    folder = Path(tempfile.mkdtemp(dir=server_folder()))
    (folder / "stdin").write_text(stdin, encoding="utf-8")
    job = {
        "code": code,
        "module": module,
        "args": list(map(str, args)),
        "cwd": str(cwd or Path.cwd()),
        "environment": dict(os.environ) | environment,
        "new_session": new_session,
    }
    return Process(job | {name: str(folder / name) for name in ("stdin", "stdout", "stderr")})


def run(code: str = "", *args: str | Path, **options: Any) -> Process:
    """Run a process to its end."""
    process = start(code, *args, **options)
    process.wait()
    return process


def peyer(*args: str | Path, **options: Any) -> Process:
    """Run a command of `peyer` to its end."""
    return run("", *args, module="flows.cli", **options)


@cache
def server_folder() -> str:
    folder = tempfile.TemporaryDirectory(prefix="forked-")
    atexit.register(folder.cleanup)
    return folder.name


@cache
def server() -> subprocess.Popen[str]:
    """The process that is copied. It ends when its standard input is closed, so soon after this one at the latest."""
    path = os.pathsep.join(filter(None, [str(ROOT), str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": path}
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    atexit.register(process.communicate)
    return process


def serve() -> dict[str, Any] | None:
    """Answer requests until there are none; in a copy, return what it is to do."""
    from flows.progress import quiet_prefect

    quiet_prefect()
    import flows.cli
    import flows.ingest  # noqa: F401
    from extractors.pipeline import load_pipeline

    load_pipeline()("Anakinra treats gout.")
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    gc.freeze()  # so that copies share the memory
    for request in iter(requests.readline, ""):
        job: dict[str, Any] = json.loads(request)
        ready, is_ready = os.pipe()
        if (pid := os.fork()) == 0:
            requests.close()
            answers.close()
            prepare(job)
            os.close(ready)
            os.close(is_ready)
            return job
        os.close(is_ready)
        os.read(ready, 1)
        os.close(ready)
        print(pid, file=answers, flush=True)
        if requests.readline():  # it is waited for
            print(os.waitpid(pid, 0)[1], file=answers, flush=True)
    return None


def prepare(job: dict[str, Any]) -> None:
    """Give a copy its own session, streams, variables and folder."""
    from prefect.context import refresh_global_settings_context

    if job["new_session"]:
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background ignore it
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        opened = os.open(job[name], os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["cwd"])
    refresh_global_settings_context()


def become(job: dict[str, Any]) -> None:
    """Run what was asked for as the main module, and end without tearing down what was copied."""
    sys.argv[1:] = job["args"]
    code: object = 0
    try:
        if job["module"]:
            sys.modules.pop(job["module"], None)
            runpy.run_module(job["module"], run_name="__main__", alter_sys=True)
        else:
            main = sys.modules["__main__"] = ModuleType("__main__")
            exec(compile(job["code"], "<string>", "exec"), vars(main))
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__" and (job := serve()):
    become(job)
