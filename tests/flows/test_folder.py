"""What is found in files and folders, and what becomes a failure."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.sources.folder import PathNotFound, Scan, path_of, scan

SUFFIXES = {".txt", ".md"}
NOBODY = 65534


def ids(found: Scan) -> list[str]:
    return [source.article_id for source in found.sources]


def errors(found: Scan) -> list[tuple[str, str]]:
    return [(Path(path_of(f.source_uri) or "").name, f.error) for f in found.failures]


def write(path: Path, text: str = "text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_article_id_is_the_path_below_the_folder_without_suffix(tmp_path: Path) -> None:
    write(tmp_path / "b.txt")
    write(tmp_path / "sub" / "a.v2.MD")
    assert ids(scan([tmp_path], suffixes=SUFFIXES)) == ["b", "sub/a.v2"]


def test_article_id_of_a_file_that_is_given_is_its_name(tmp_path: Path) -> None:
    assert ids(scan([write(tmp_path / "deep" / "a.txt")], suffixes=SUFFIXES)) == ["a"]


def test_source_tells_uri_and_content(tmp_path: Path) -> None:
    path = write(tmp_path / "ä b.txt", "content")
    [source] = scan([tmp_path], suffixes=SUFFIXES).sources
    assert path_of(source.source_uri) == path
    assert source.source_uri.startswith("file:///")
    assert source.content_sha256 == hashlib.sha256(b"content").hexdigest()


def test_dot_files_and_readme_files_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "README.md", "readme.txt", "sub/Readme.md"):
        write(tmp_path / name)
    assert scan([tmp_path], suffixes=SUFFIXES) == Scan(sources=(), failures=())


def test_other_formats_are_failures_with_their_content(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", "content")
    [failure] = scan([tmp_path], suffixes=SUFFIXES).failures
    assert (failure.stage, failure.error) == ("find", "unsupported_format")
    assert failure.content_sha256 == hashlib.sha256(b"content").hexdigest()
    assert "'.docx'; expected one of .md, .txt" in failure.message


def test_second_claim_of_an_article_id_is_a_failure_that_names_both(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    write(tmp_path / "a.txt")
    found = scan([tmp_path], suffixes=SUFFIXES)
    assert [source.path.name for source in found.sources] == ["a.md"]
    assert errors(found) == [("a.txt", "duplicate_article_id")]
    assert str(tmp_path / "a.md") in found.failures[0].message


def test_known_article_keeps_its_id_while_its_file_exists(tmp_path: Path) -> None:
    known = write(tmp_path / "old" / "a.txt")
    write(tmp_path / "new" / "a.txt")
    found = scan([tmp_path / "new"], suffixes=SUFFIXES, known_uris={"a": known.as_uri()})
    assert errors(found) == [("a.txt", "duplicate_article_id")]
    known.unlink()
    assert ids(scan([tmp_path / "new"], suffixes=SUFFIXES, known_uris={"a": known.as_uri()})) == ["a"]


def test_known_article_wins_over_a_path_that_sorts_before_it(tmp_path: Path) -> None:
    known = write(tmp_path / "a.txt")
    write(tmp_path / "a.md")
    found = scan([tmp_path], suffixes=SUFFIXES, known_uris={"a": known.as_uri()})
    assert [source.path for source in found.sources] == [known]


def test_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert ids(scan([tmp_path, path, tmp_path], suffixes=SUFFIXES)) == ["a"]


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "there" / "a.txt")
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path / "there")
    (tmp_path / "there" / "loop").symlink_to(folder)
    assert ids(scan([folder], suffixes=SUFFIXES)) == ["linked/a"]


def test_link_that_leads_nowhere_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    assert errors(scan([tmp_path], suffixes=SUFFIXES)) == [("a.txt", "not_readable"), ("b.txt", "not_readable")]


def test_pipe_is_a_failure_and_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert errors(scan([tmp_path], suffixes=SUFFIXES)) == [("a.txt", "not_a_file")]


def test_name_that_is_no_text_is_a_failure(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("text", encoding="utf-8")
    [failure] = scan([tmp_path], suffixes=SUFFIXES).failures
    assert failure.error == "bad_name"
    assert failure.message.encode().decode() == failure.message


def test_order_of_the_paths_given_does_not_matter(tmp_path: Path) -> None:
    for name in ("x/b.txt", "x/a.txt", "y/c.txt"):
        write(tmp_path / name)
    folders = [tmp_path / "x", tmp_path / "y"]
    assert scan(folders, suffixes=SUFFIXES) == scan(folders[::-1], suffixes=SUFFIXES)


def test_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound, match=r"no such file or folder: .*gone"):
        scan([tmp_path / "gone"], suffixes=SUFFIXES)


def test_folder_and_file_without_permission_are_failures_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path / "locked" / "a.txt")
    write(tmp_path / "b.txt").chmod(0)
    write(tmp_path / "c.txt")
    (tmp_path / "locked").chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    program = f"""
import os, sys
from pathlib import Path
from flows.sources.folder import scan
if os.geteuid() == 0:
    os.seteuid({NOBODY})
found = scan([Path(sys.argv[1])], suffixes={SUFFIXES})
print([source.article_id for source in found.sources])
print([(failure.error, "Permission denied" in failure.message) for failure in found.failures])
"""
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False)
    (tmp_path / "locked").chmod(0o755)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["['c']", "[('not_readable', True), ('not_readable', True)]"]
