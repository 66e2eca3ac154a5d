from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from extractors.readers.read import READABLE_SUFFIXES, parse_article, read_article
from extractors.readers.source import MAX_BYTES, ReadError
from extractors.records import Article

ABSTRACT = "Tofacitinib inhibits JAK1 and JAK3 in patients with ulcerative colitis.\n"


def read_file(path: Path) -> Article:
    return read_article(path, article_id="a", source_uri=path.name)


def parse(data: bytes) -> Article:
    return parse_article(data, source_format="text", article_id="a", source_uri="-")


def error_of(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        parse(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "empty"),
        (b"text with a \x00 byte", "binary"),
        (b"%PDF-1.7 and so on", "binary"),
        ("Text.".encode("utf-16"), "not_utf8"),
        (b"Crohn\x92s disease", "not_utf8"),
        (b"a" * 200_001, "line_too_long"),
        (b"word " * (MAX_BYTES // 5 + 1), "too_large"),
        (b"References\n\n1. Crypt C. Made up. J Imag 2024;1:2.\n", "no_text"),
        (b"Received: 2 May 2024\n", "no_text"),
        (b"--- *** ---", "no_text"),
    ],
)
def test_input_that_cannot_be_read_is_refused_by_name(data: bytes, error: str) -> None:
    assert error_of(data).error == error


def test_encoding_error_names_the_byte_and_the_way_out() -> None:
    message = error_of(b"\xef\xbb\xbfCrohn\x92s disease").message
    assert "byte 0x92 at byte 8" in message
    assert "iconv -f WINDOWS-1252" in message


def test_suffix_decides_and_others_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError, match=r"'\.xlsx'; expected one of \.txt, \.md, \.markdown") as caught:
        read_file(path)
    assert caught.value.error == "unsupported_format"


@pytest.mark.parametrize("suffix", [*READABLE_SUFFIXES, ".TXT"])
def test_every_readable_suffix_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_text(ABSTRACT, encoding="utf-8")
    assert read_file(path).text == ABSTRACT.strip()


def test_unknown_source_format_is_refused() -> None:
    with pytest.raises(ReadError, match="'docx'; expected one of text, markdown"):
        parse_article(b"Text.", source_format="docx", article_id="a", source_uri="-")


def test_vanished_file_and_folder_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("gone.txt", "folder.txt"):
        with pytest.raises(ReadError) as caught:
            read_file(tmp_path / name)
        assert caught.value.error == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_missing_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ABSTRACT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="no permission") as caught:
        read_file(path)
    assert caught.value.error == "unreadable"


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(ReadError, match="not a regular file"):
        read_file(path)


def test_fifty_megabytes_are_refused_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.process_time()
    with pytest.raises(ReadError, match="50,000,000 bytes") as caught:
        read_file(path)
    assert caught.value.error == "too_large"
    assert time.process_time() - start < 0.5


def test_hash_is_of_the_bytes_as_they_came() -> None:
    data = b"\xef\xbb\xbf" + ABSTRACT.encode().replace(b"\n", b"\r\n")
    assert parse(data).content_sha256 == hashlib.sha256(data).hexdigest()


def test_mark_line_ends_and_composition_do_not_change_the_text() -> None:
    composed = "Sjögren’s disease is treated with rituximab.\nIt is not cured.\n"
    decomposed = composed.replace("ö", "o\u0308").replace("\n", "\r\n")
    assert parse(b"\xef\xbb\xbf" + decomposed.encode()).text == parse(composed.encode()).text


def test_invisible_characters_go_and_spaces_become_spaces() -> None:
    text = "Interleu\u00adkin\u200b-6 is\u00a0raised\x07 by 5\u202fmg of eﬃcient immuno\u00ad\nmodulation."
    assert parse(text.encode()).text == "Interleukin-6 is raised by 5 mg of efficient immunomodulation."
