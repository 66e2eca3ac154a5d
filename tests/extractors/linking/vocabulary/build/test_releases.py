from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractors.linking.vocabulary.build.releases import (
    RECORD_FILE,
    FetchError,
    Release,
    fetch_releases,
    read_records,
    read_releases,
)

TEXT = b"[Term]\nid: GO:1\nname: apoptotic process\n"


@dataclass
class Answer:
    """What the site sends; `promised` is the length that it announces, None for a body in chunks."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = -1
    delay_s: float = 0.0


class Site:
    """A web site on this machine, with the answers that a test gives it."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.requests.append(self.path)
                answer = site.answers.get(self.path, Answer(b"nothing here", status=404))
                time.sleep(answer.delay_s)
                self.close_connection = True
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                body = answer.body
                if answer.promised is None:
                    self.send_header("Transfer-Encoding", "chunked")
                    body = b"ff\r\n" + body  # a chunk of 255 bytes that ends before
                else:
                    self.send_header("Content-Length", str(len(body) if answer.promised < 0 else answer.promised))
                with contextlib.suppress(BrokenPipeError):  # whom it takes too long has gone
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def release(self, name: str, **more: str) -> Release:
        return Release(path=f"source/{name}", url=f"{self.address}/{name}", **more)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


def fault_of(folder: Path, release: Release, *, timeout_s: float = 5.0) -> str:
    with pytest.raises(FetchError) as caught:
        fetch_releases(folder, [release], timeout_s=timeout_s)
    [fault] = caught.value.faults
    assert fault.startswith(f"{release.path}: ")
    return fault


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_file_is_fetched_into_a_new_folder_and_recorded(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT, headers={"Last-Modified": "Wed, 14 Jan 2026 12:01:24 GMT"})
    folder = tmp_path / "new" / "vocab"
    [fetched] = fetch_releases(folder, [site.release("go.obo")])
    assert (folder / "source/go.obo").read_bytes() == TEXT
    assert files_in(folder) == [RECORD_FILE, "source/go.obo"]
    assert read_records(folder) == [fetched]
    assert (fetched.path, fetched.url) == ("source/go.obo", f"{site.address}/go.obo")
    assert (fetched.sha256, fetched.bytes) == (hashlib.sha256(TEXT).hexdigest(), len(TEXT))
    assert fetched.last_modified == "Wed, 14 Jan 2026 12:01:24 GMT"
    assert fetched.fetched_at.endswith("+00:00")


def test_second_fetch_fetches_nothing(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    fetch_releases(tmp_path, [site.release("go.obo")])
    site.requests.clear()
    seen = []
    assert fetch_releases(tmp_path, [site.release("go.obo")], report=lambda *told: seen.append(told)) == []
    assert site.requests == []
    assert seen == [(site.release("go.obo"), None)]
    assert len(read_records(tmp_path)) == 1


def test_file_that_was_changed_or_has_another_address_is_fetched_again(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = site.answers["/go-2027.obo"] = Answer(TEXT)
    release = site.release("go.obo")
    fetch_releases(tmp_path, [release])
    (tmp_path / release.path).write_text("edited", encoding="utf-8")
    assert len(fetch_releases(tmp_path, [release])) == 1
    assert (tmp_path / release.path).read_bytes() == TEXT
    assert len(fetch_releases(tmp_path, [replace(release, url=f"{site.address}/go-2027.obo")])) == 1
    assert [record.url for record in read_records(tmp_path)] == [f"{site.address}/go-2027.obo"]


def test_file_with_the_pinned_checksum_is_not_fetched(site: Site, tmp_path: Path) -> None:
    release = site.release("go.obo", sha256=hashlib.sha256(TEXT).hexdigest())
    (tmp_path / "source").mkdir()
    (tmp_path / release.path).write_bytes(TEXT)
    assert fetch_releases(tmp_path, [release]) == []
    assert site.requests == []


def test_redirection_is_followed(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(b"", status=302, headers={"Location": "/releases/2026/go.obo"})
    site.answers["/releases/2026/go.obo"] = Answer(TEXT)
    [fetched] = fetch_releases(tmp_path, [site.release("go.obo")])
    assert (tmp_path / fetched.path).read_bytes() == TEXT


def test_download_that_is_cut_short_is_refused(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT, promised=1000)
    fault = fault_of(tmp_path, site.release("go.obo"))
    assert f"{site.address}/go.obo ended after {len(TEXT)} of 1,000 bytes; run the command again" in fault
    assert files_in(tmp_path) == []


def test_download_in_chunks_that_is_cut_short_is_refused(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT, promised=None)
    assert "/go.obo broke off (IncompleteRead" in fault_of(tmp_path, site.release("go.obo"))
    assert files_in(tmp_path) == []


def test_wrong_pinned_checksum_says_expected_and_got(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    fault = fault_of(tmp_path, site.release("go.obo", sha256="0" * 64))
    assert hashlib.sha256(TEXT).hexdigest() in fault
    assert f"releases.tsv says {'0' * 64}" in fault
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_owners_checksum_is_compared(algorithm: str, site: Site, tmp_path: Path) -> None:
    right, wrong = hashlib.new(algorithm, TEXT).hexdigest(), hashlib.new(algorithm, b"other").hexdigest()
    site.answers["/taxdump.tar.gz"] = Answer(TEXT)
    release = site.release("taxdump.tar.gz", checksum_url=f"{site.address}/sums.txt")
    listing = "{other}  other.zip\n{this}  taxdump.tar.gz\n"
    site.answers["/sums.txt"] = Answer(listing.format(other=right, this=wrong).encode())
    fault = fault_of(tmp_path, release)
    assert f"has the {algorithm} {right}, but {site.address}/sums.txt says {wrong}" in fault
    site.answers["/sums.txt"] = Answer(listing.format(other=wrong, this=right.upper()).encode())
    assert len(fetch_releases(tmp_path, [release])) == 1


def test_checksum_file_without_a_checksum_or_missing(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    release = site.release("go.obo", checksum_url=f"{site.address}/go.obo.md5")
    assert "/go.obo.md5 answers 404 Not Found" in fault_of(tmp_path, release)
    site.answers["/go.obo.md5"] = Answer(b"moved\n")
    assert "/go.obo.md5 has no md5 or sha256 of go.obo" in fault_of(tmp_path, release)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"", status=404), "answers 404 Not Found; see where the owner has the file now"),
        (Answer(b"", status=503), "answers 503 Service Unavailable; run the command again later"),
        (Answer(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "answers with a web page, not with"),
        (Answer(b""), "is empty"),
    ],
)
def test_answer_that_is_no_file(answer: Answer, said: str, site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = answer
    assert f"{site.address}/go.obo {said}" in fault_of(tmp_path, site.release("go.obo"))
    assert files_in(tmp_path) == []


def test_no_server(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/go.obo"
        fault = fault_of(tmp_path, Release(path="go.obo", url=url))
    assert fault == f"go.obo: {url} cannot be reached (Connection refused); check the network and run the command again"


def test_server_that_does_not_answer_in_time(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT, delay_s=1.0)
    assert "cannot be reached (timed out)" in fault_of(tmp_path, site.release("go.obo"), timeout_s=0.2)


def test_all_faults_are_listed_and_what_is_good_is_kept(site: Site, tmp_path: Path) -> None:
    site.answers["/b.obo"] = Answer(TEXT)
    releases = [site.release(name) for name in ("a.obo", "b.obo", "c.obo")]
    with pytest.raises(FetchError) as caught:
        fetch_releases(tmp_path, releases)
    assert [fault.partition(":")[0] for fault in caught.value.faults] == ["source/a.obo", "source/c.obo"]
    assert files_in(tmp_path) == [RECORD_FILE, "source/b.obo"]
    site.answers |= {"/a.obo": Answer(TEXT), "/c.obo": Answer(TEXT)}
    assert [fetched.path for fetched in fetch_releases(tmp_path, releases)] == ["source/a.obo", "source/c.obo"]
    assert [record.path for record in read_records(tmp_path)] == [release.path for release in releases]


def test_earlier_file_stays_when_the_new_one_cannot_be_fetched(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    release = site.release("go.obo")
    fetch_releases(tmp_path, [release])
    fault_of(tmp_path, replace(release, url=f"{site.address}/gone.obo"))
    assert (tmp_path / release.path).read_bytes() == TEXT
    assert len(read_records(tmp_path)) == 1


def test_place_that_cannot_be_written_is_named(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    (tmp_path / "source").write_text("a file where the folder should be", encoding="utf-8")
    assert f"cannot be written in {tmp_path}" in fault_of(tmp_path, site.release("go.obo"))


def test_broken_record_is_as_none(site: Site, tmp_path: Path) -> None:
    site.answers["/go.obo"] = Answer(TEXT)
    (tmp_path / RECORD_FILE).write_text("path\turl\nsource/go.obo\t\n", encoding="utf-8")
    assert len(fetch_releases(tmp_path, [site.release("go.obo")])) == 1


def test_table_of_releases_names_each_file_once_over_https() -> None:
    releases = read_releases()
    assert len({release.path for release in releases}) == len(releases) > 15
    for release in releases:
        assert release.url.startswith("https://")
        assert not release.checksum_url or release.checksum_url.startswith("https://")
        assert release.owner
        assert release.licence
        assert len(release.sha256) in (0, 64)
        at_a_commit = release.url.startswith("https://raw.githubusercontent.com/")
        assert bool(release.sha256) == at_a_commit  # what stands still is pinned, what its owner renews is not
        assert not Path(release.path).is_absolute()
        assert ".." not in release.path
