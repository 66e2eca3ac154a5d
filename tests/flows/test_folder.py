"""What is found in files and folders, and what becomes a failure."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from permissions import let_others_in

from flows.sources.folder import PathNotFound, path_of, scan
from flows.sources.source import Scan
from warehouse.ledger import KnownArticle

SUFFIXES = {".txt", ".md"}
NOBODY = 65534


def ids(found: Scan) -> list[str]:
    return [source.article_id for source in found.sources]


def errors(found: Scan) -> list[tuple[str, str]]:
    return [(Path(path_of(f.source_uri) or "").name, f.error) for f in found.failures]


def write(path: Path, text: str | None = None) -> Path:
    """Write a file; without `text` its content is its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(path) if text is None else text, encoding="utf-8")
    return path


def known(article_id: str, path: Path, *, text: str | None = None) -> KnownArticle:
    """Say that the warehouse holds the article, from the file as it is now or from another text."""
    content = path.read_bytes() if text is None else text.encode()
    return KnownArticle(
        article_id=article_id,
        source_uri=path.as_uri(),
        content_sha256=hashlib.sha256(content).hexdigest(),
        extractor_version="v1",
    )


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
    path = write(tmp_path / "old" / "a.txt")
    write(tmp_path / "new" / "a.txt")
    held = [known("a", path)]
    assert errors(scan([tmp_path / "new"], suffixes=SUFFIXES, known=held)) == [("a.txt", "duplicate_article_id")]
    path.unlink()
    assert ids(scan([tmp_path / "new"], suffixes=SUFFIXES, known=held)) == ["a"]


def test_known_file_keeps_its_article_id_under_another_root(tmp_path: Path) -> None:
    path = write(tmp_path / "art" / "a.txt")
    assert ids(scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path)])) == ["a"]
    path.write_text("changed", encoding="utf-8")
    assert ids(scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path, text="before")])) == ["a"]
    assert ids(scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path), known("art/a", path)])) == ["art/a"]


def test_another_file_does_not_take_the_article_id_of_a_known_file(tmp_path: Path) -> None:
    path = write(tmp_path / "z" / "a.txt")
    write(tmp_path / "a.txt")
    found = scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path)])
    assert [source.path for source in found.sources] == [path]
    assert errors(found) == [("a.txt", "duplicate_article_id")]


def test_second_file_with_the_same_bytes_is_a_failure_that_names_the_first(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.txt", "a.md"):
        write(tmp_path / name, "text")
    found = scan([tmp_path], suffixes=SUFFIXES)
    assert ids(found) == ["a"]
    assert errors(found) == [("b.txt", "duplicate_content"), ("a.txt", "duplicate_content")]
    assert all(f"holds the same bytes as {tmp_path / 'a.md'}; remove one" in f.message for f in found.failures)
    (tmp_path / "a.md").unlink()
    assert ids(scan([tmp_path], suffixes=SUFFIXES)) == ["b"]


def test_of_files_with_the_same_bytes_the_known_one_is_the_article(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "text")
    path = write(tmp_path / "b.txt", "text")
    found = scan([tmp_path], suffixes=SUFFIXES, known=[known("b", path)])
    assert (ids(found), errors(found)) == (["b"], [("a.txt", "duplicate_content")])


def test_bytes_of_a_known_file_elsewhere_are_a_failure_until_that_is_gone(tmp_path: Path) -> None:
    path = write(tmp_path / "old" / "a.txt", "text")
    write(tmp_path / "new" / "b.txt", "text")
    held = [known("a", path)]
    assert errors(scan([tmp_path / "new"], suffixes=SUFFIXES, known=held)) == [("b.txt", "duplicate_content")]
    path.unlink()
    assert ids(scan([tmp_path / "new"], suffixes=SUFFIXES, known=held)) == ["b"]


def test_a_file_that_is_refused_does_not_keep_its_bytes_from_another(tmp_path: Path) -> None:
    path = write(tmp_path / "z.txt")
    write(tmp_path / "z.md", "text")
    write(tmp_path / "zz.txt", "text")
    found = scan([tmp_path], suffixes=SUFFIXES, known=[known("z", path)])
    assert (ids(found), errors(found)) == (["z", "zz"], [("z.md", "duplicate_article_id")])


def test_empty_files_are_no_copies_of_each_other(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "")
    write(tmp_path / "b.txt", "")
    assert ids(scan([tmp_path], suffixes=SUFFIXES)) == ["a", "b"]


def test_copy_of_a_folder_whose_originals_exist_is_the_same_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "old" / "a.txt", "text")
    write(tmp_path / "new" / "a.txt", "text")
    found = scan([tmp_path / "new"], suffixes=SUFFIXES, known=[known("a", path)])
    assert (ids(found), errors(found)) == (["a"], [])
    both = scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path)])
    assert ([source.path for source in both.sources], errors(both)) == ([path], [("a.txt", "duplicate_content")])


def test_a_moved_article_goes_before_a_copy_of_it(tmp_path: Path) -> None:
    path = write(tmp_path / "old" / "b.txt", "text")
    held = [known("b", path)]
    path.unlink()
    write(tmp_path / "new" / "a.txt", "text")
    write(tmp_path / "new" / "b.txt", "text")
    found = scan([tmp_path / "new"], suffixes=SUFFIXES, known=held)
    assert (ids(found), errors(found)) == (["b"], [("a.txt", "duplicate_content")])


def test_known_article_wins_over_a_path_that_sorts_before_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    write(tmp_path / "a.md")
    found = scan([tmp_path], suffixes=SUFFIXES, known=[known("a", path)])
    assert [source.path for source in found.sources] == [path]


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
    let_others_in(tmp_path)
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
