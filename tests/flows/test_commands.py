"""The commands: what they print, where, and with which exit code.

Most run in this process, or in a copy of one (`forked_commands`). Those for which the start matters (what is imported,
how Prefect is started) and what is said at the very end run in a process of their own, by `run_process`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import duckdb
import forked_commands
import pytest
from permissions import let_others_in
from places import ROOT
from prefect.client.orchestration import get_client

from flows.cli import main
from flows.ingest import ingest

pytestmark = [pytest.mark.model, pytest.mark.slow]


def run_process(
    *args: str | Path, cwd: Path | None = None, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as from a shell that names no Prefect API, unless `environment` does."""
    inherited = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    path = os.pathsep.join(filter(None, [str(ROOT), inherited.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, args)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=inherited | {"PYTHONPATH": path} | environment,
    )


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Peyer(Protocol):
    def __call__(self, *args: str | Path, cwd: Path | None = None, stdin: str = "") -> Done: ...


@pytest.fixture
def peyer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Peyer:
    """Run a command in this process."""

    def run(*args: str | Path, cwd: Path | None = None, stdin: str = "") -> Done:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["peyer", *map(str, args)])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), encoding="utf-8"))
            if cwd is not None:
                patched.chdir(cwd)
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, prefect_url: str) -> Path:
    """A folder with raw/ and the warehouse that `peyer run` made of it, and what the run printed.

    The run starts its own server, on the database of the one that other tests use.
    """
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(
        "Adalimumab in uveitis\n\nAdalimumab inhibits TNF. Adalimumab is used to treat uveitis.\n", encoding="utf-8"
    )
    (folder / "raw" / "b.txt").write_text("Anakinra\n\nAnakinra treats gout.\n", encoding="utf-8")
    (folder / "raw" / "empty.txt").touch()
    done = run_process("run", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "stdout").write_text(done.stdout, encoding="utf-8")
    (folder / "stderr").write_text(done.stderr, encoding="utf-8")
    return folder


def test_run_prints_what_was_found(workplace: Path) -> None:
    printed = (workplace / "stdout").read_text(encoding="utf-8")
    assert printed.startswith("2 new, 0 changed, 0 unchanged, 1 failed\n")
    assert "empty.txt: empty: the input has no characters" in printed
    assert "peyer.duckdb holds 2 articles" in printed
    assert "treats" in printed
    assert printed.splitlines()[-1].startswith('Next: peyer show "')


def test_run_writes_plain_progress_lines_and_nothing_to_worry_about(workplace: Path) -> None:
    errors = (workplace / "stderr").read_text(encoding="utf-8")
    lines = [line.split(maxsplit=1)[1] for line in errors.splitlines()]
    assert lines == [
        "Found 3 articles: 3 to extract; 0 inputs that cannot be articles",
        "Loaded 3 of 3",
        "Checking and publishing",
        "2 new, 0 changed, 0 unchanged, 1 failed",
    ]


def test_run_with_workers_writes_nothing_to_worry_about(workplace: Path, prefect_url: str) -> None:
    done = run_process(
        "run", "--full", "--workers", "2", "--warehouse", "workers.duckdb", cwd=workplace, PREFECT_API_URL=prefect_url
    )
    assert done.returncode == 0
    for word in ("Traceback", "Warning", "Error", "leaked"):
        assert word not in done.stderr


def test_run_shows_in_prefects_history(workplace: Path, prefect_url: str) -> None:
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
    messages = [run.state.message for run in runs if run.state and run.parameters["warehouse"].endswith("peyer.duckdb")]
    assert "2 new, 0 changed, 0 unchanged, 1 failed" in messages


def test_run_refuses_while_another_one_writes(workplace: Path, prefect_url: str) -> None:
    from warehouse.lock import writer_lock

    (workplace / "raw" / "c.txt").write_text("Rituximab\n\nRituximab depletes B cells.\n", encoding="utf-8")
    with writer_lock(workplace / "peyer.duckdb"):
        done = forked_commands.peyer("run", cwd=workplace)
    (workplace / "raw" / "c.txt").unlink()
    assert done.returncode == 1
    assert done.stdout == ""
    [_, last] = done.stderr.splitlines()
    assert "is being written by process" in last


def test_run_with_nothing_to_use_ends_with_one(tmp_path: Path, prefect_url: str) -> None:
    (tmp_path / "raw").mkdir()
    done = forked_commands.peyer("run", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "peyer: there are no articles in raw; put text files there"


def test_run_whose_warehouse_cannot_be_made_ends_with_one(workplace: Path, prefect_url: str) -> None:
    done = forked_commands.peyer("run", "--warehouse", "raw/a.txt/folder/w.duckdb", cwd=workplace)
    assert (done.returncode, done.stdout) == (1, "")
    assert "w.duckdb cannot be made (" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_telemetry_is_off_even_where_the_environment_asks_for_it() -> None:
    program = """
import flows.ingest
from prefect._internal.analytics.enabled import is_telemetry_enabled
from prefect.settings import get_current_settings
print(is_telemetry_enabled(), get_current_settings().server.analytics_enabled)
"""
    asking = os.environ | {"DO_NOT_TRACK": "0", "PREFECT_SERVER_ANALYTICS_ENABLED": "true"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=asking)
    assert done.stdout == "False False\n"


QUERY = "select article_id, null as nothing from articles order by 1"


def test_sql_as_csv(workplace: Path) -> None:
    done = forked_commands.peyer("sql", QUERY, "--format", "csv", cwd=workplace)
    assert list(csv.reader(io.StringIO(done.stdout))) == [["article_id", "nothing"], ["a", ""], ["b", ""]]


def test_sql_as_json(peyer: Peyer, workplace: Path) -> None:
    done = peyer("sql", QUERY, "--format", "json", cwd=workplace)
    assert json.loads(done.stdout) == [{"article_id": name, "nothing": None} for name in "ab"]


def test_sql_as_markdown(peyer: Peyer, workplace: Path) -> None:
    done = peyer("sql", QUERY, "--format", "markdown", cwd=workplace)
    assert done.stdout == "| article_id | nothing |\n| --- | --- |\n| a |  |\n| b |  |\n"


def test_sql_as_table_is_not_folded_in_a_pipe(peyer: Peyer, workplace: Path) -> None:
    done = peyer("sql", "select repeat('x', 300) as long", cwd=workplace)
    assert "x" * 300 in done.stdout


def test_sql_json_of_no_rows_is_an_empty_array(peyer: Peyer, workplace: Path) -> None:
    assert peyer("sql", "from articles limit 0", "--format", "json", cwd=workplace).stdout == "[]\n"


JSON_VALUES = {
    "select 1 as a, 2 as a, 3 as a_1": {"a": 1, "a_1": 2, "a_1_1": 3},
    "select 'nan'::float as a, '-inf'::double as b, ['inf'::double] as c": {"a": None, "b": None, "c": [None]},
    "select map {1: 'x', 2: 'y'} as m, map {true: 1} as b": {"m": {"1": "x", "2": "y"}, "b": {"true": 1}},
    "select map {date '2020-01-01': 1.5::decimal(3, 1)} as m": {"m": {"2020-01-01": 1.5}},
    "select map {[1, 2]: 3} as m": {"m": {"key": [[1, 2]], "value": [3]}},
    "select 'ab'::blob as a, '\\xFF'::blob as b": {"a": "ab", "b": "\\xFF"},
    "select 0.0000001::decimal(20, 7) as a, [1.10::decimal(5, 2)] as b": {"a": 1e-07, "b": [1.1]},
    "select {'a': 1::hugeint << 100, 'b': date '2020-01-01'} as s": {"s": {"a": 2**100, "b": "2020-01-01"}},
}


@pytest.mark.parametrize("query", JSON_VALUES)
def test_sql_json_is_valid_and_loses_nothing(peyer: Peyer, query: str, workplace: Path) -> None:
    done = peyer("sql", query, "--format", "json", cwd=workplace)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout, parse_constant=pytest.fail) == [JSON_VALUES[query]]


def test_sql_json_keeps_every_digit_of_a_decimal(peyer: Peyer, workplace: Path) -> None:
    done = peyer("sql", "select 1234567890123456789.5::decimal(38, 10) as a", "--format", "json", cwd=workplace)
    assert done.stdout == '[{"a": 1234567890123456789.5000000000}]\n'


def test_sql_csv_writes_bytes_as_text(peyer: Peyer, workplace: Path) -> None:
    done = peyer("sql", "select 'ab'::blob as a", "--format", "csv", cwd=workplace)
    assert done.stdout == "a\nab\n"


def test_sql_that_fails_on_a_late_row_ends_with_two_and_one_line(peyer: Peyer, workplace: Path) -> None:
    query = "select case when range = 290000 then error('too far') else range end as a from range(300000)"
    done = peyer("sql", query, "--format", "csv", cwd=workplace)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "too far" in line


def test_broken_pipe_is_quiet(workplace: Path) -> None:
    command = f"{sys.executable} -m flows.cli sql 'from range(300000)' --format csv | head -n 1"
    here = str(ROOT)
    done = subprocess.run(
        command,
        shell=True,
        cwd=workplace,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))},
    )
    assert (done.stdout, done.stderr) == ("range\n", "")


def test_show_prints_claims_with_their_sentences(peyer: Peyer, workplace: Path) -> None:
    done = peyer("show", "anakinra", cwd=workplace)
    assert "Anakinra -- treats -> gout" in done.stdout
    assert "  b: Anakinra treats gout." in done.stdout


def test_show_tells_where_it_was_studied(peyer: Peyer, tmp_path: Path, prefect_url: str) -> None:
    (tmp_path / "raw").mkdir()
    text = "Anakinra in gout\n\nAbstract\n\nAnakinra may reduce gout in mice.\n\nAnakinra inhibits TNF in vitro.\n"
    (tmp_path / "raw" / "a.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "raw"], tmp_path / "peyer.duckdb")
    shown = peyer("show", "anakinra", cwd=tmp_path).stdout
    assert "  a: [hedged] [mouse, animal] Anakinra may reduce gout in mice." in shown
    assert "  a: [in vitro] Anakinra inhibits TNF in vitro." in shown


def test_status_tells_runs_failures_and_what_is_pending(peyer: Peyer, workplace: Path) -> None:
    assert "Nothing is pending; 3 inputs are as they were" in peyer("status", cwd=workplace).stdout
    (workplace / "raw" / "c.txt").write_text("Rituximab\n", encoding="utf-8")
    printed = peyer("status", cwd=workplace).stdout
    (workplace / "raw" / "c.txt").unlink()
    assert "finished" in printed
    assert "empty.txt" in printed
    assert "Pending: 1 articles to extract" in printed


def test_status_without_a_folder_tells_runs_and_failures(peyer: Peyer, workplace: Path, tmp_path: Path) -> None:
    done = peyer("status", "--warehouse", workplace / "peyer.duckdb", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "finished" in done.stdout
    assert "empty.txt" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("What is pending is not known: there is no folder raw here; name ")


def test_control_characters_of_file_names_are_escaped(peyer: Peyer, tmp_path: Path, prefect_url: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Anakinra\n\nAnakinra treats gout.\n", encoding="utf-8")
    (tmp_path / "raw" / "b\x1b[31m\nc.txt").write_text("text", encoding="utf-8")
    gone = "gone\x1b[31m\nc.txt"
    run = forked_commands.peyer("run", cwd=tmp_path)
    status = peyer("status", cwd=tmp_path)
    for done in (run, status):
        assert "\x1b" not in done.stdout + done.stderr
        assert r"b\x1b[31m\nc.txt" in done.stdout + done.stderr
    for command in ("extract", "run"):
        done = peyer(command, gone, cwd=tmp_path)
        assert "\x1b" not in done.stdout + done.stderr
        assert r"gone\x1b[31m\nc.txt" in done.stdout + done.stderr
    (tmp_path / "raw" / "a\x1b.jsonl").write_text("no json\n", encoding="utf-8")
    assert "\x1b" not in peyer("extract", "raw/a\x1b.jsonl", cwd=tmp_path).stderr


def test_a_view_that_an_older_file_lacks_is_told_from_a_slip(peyer: Peyer, workplace: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    shutil.copy(workplace / "peyer.duckdb", older)
    with duckdb.connect(str(older)) as con:
        con.execute("drop view suspected_adverse_effects")
    done = peyer("sql", "from suspected_adverse_effects", "--warehouse", older)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "`peyer run` brings it up to date" in done.stderr
    assert "`peyer run`" not in peyer("sql", "from suspected", "--warehouse", older).stderr


def test_export_writes_files_and_lists_them(peyer: Peyer, workplace: Path) -> None:
    done = peyer("export", "--to", "out", "--format", "jsonl", cwd=workplace)
    assert "out/articles.jsonl\t2 rows" in done.stdout.splitlines()
    rows = [json.loads(line) for line in (workplace / "out" / "articles.jsonl").read_text().splitlines()]
    assert [row["article_id"] for row in rows] == ["a", "b"]


LINES = (
    '{"article_id": "x", "text": "Anakinra treats gout."}\n'
    "no json\n\n"
    '{"article_id": "y"}\n'
    '{"article_id": "z", "text": "Infliximab binds TNF."}\n'
)


def test_extract_reads_json_lines_and_tells_the_bad_ones() -> None:
    done = forked_commands.peyer("extract", "-", stdin=LINES)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["article_id"], second["article_id"]) == ("x", "z")
    [relation] = first["relations"]
    subject, object_ = (first["mentions"][relation[side]] for side in ("subject", "object"))
    assert (subject["text"], relation["predicate"], object_["text"]) == ("Anakinra", "treats", "gout")
    assert first["text"][subject["start_char"] : subject["end_char"]] == "Anakinra"
    assert relation["sentence"] == "Anakinra treats gout."
    assert ["line 2:" in line for line in done.stderr.splitlines()] == [True, False]
    assert "line 4: text is null, no string" in done.stderr
    assert done.returncode == 0


DEEP = "[" * 200_000 + "]" * 200_000


HARD_TO_READ = {
    DEEP: "JSON that is nested too deeply",
    f'{{"article_id": "a", "text": {DEEP}}}': "JSON that is nested too deeply",
    f'{{"article_id": "a", "text": {"[" * 970}{"]" * 970}}}': "",  # deep to write
    '{"article_id": "\\ud800", "text": "Anakinra treats gout."}': "surrogates not allowed",
}
"""Line -> what is said of it."""


def test_extract_goes_on_after_lines_that_are_hard_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([*HARD_TO_READ, LINES]), encoding="utf-8")
    done = forked_commands.peyer("extract", tmp_path / "a.jsonl")
    assert [json.loads(each)["article_id"] for each in done.stdout.splitlines()] == ["x", "z"]
    complaints = done.stderr.splitlines()[: len(HARD_TO_READ)]
    for number, (complaint, said) in enumerate(zip(complaints, HARD_TO_READ.values(), strict=True), start=1):
        assert f"line {number}: " in complaint
        assert said in complaint
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_extract_of_a_file_without_permission_says_so(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir()
    files = [tmp_path / name for name in ("a.jsonl", "a.txt", "locked/a.jsonl", "locked/a.txt")]
    for file in files:
        file.write_text(LINES, encoding="utf-8")
        file.chmod(0)
    (tmp_path / "locked").chmod(0)
    let_others_in(tmp_path)
    program = """
import contextlib, io, json, os, sys
from flows import cli
if os.geteuid() == 0:
    os.seteuid(65534)
for file in sys.argv[1:]:
    sys.argv[1:] = ["extract", file]
    printed, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
    print(json.dumps([code, printed.getvalue(), said.getvalue()]))
"""
    done = forked_commands.run(program, *files)
    (tmp_path / "locked").chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(files)
    for code, printed, said in results:
        assert (code, printed, "Traceback" in said) == (1, "", False)
        assert "ermission" in said.splitlines()[0]


def test_extract_reads_json_lines_with_a_byte_order_mark(peyer: Peyer) -> None:
    done = peyer("extract", "-", stdin="\ufeff" + LINES)
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["x", "z"]


def test_extract_reads_a_file_for_people(peyer: Peyer, workplace: Path) -> None:
    done = peyer("extract", workplace / "raw" / "b.txt", "--format", "text")
    assert "  Anakinra -- treats -> gout\n      Anakinra treats gout." in done.stdout


def test_extract_of_nothing_usable_ends_with_one(peyer: Peyer) -> None:
    done = peyer("extract", "-", stdin='{"text": 3}\n')
    assert (done.returncode, done.stdout) == (1, "")


WRONG = {
    "unknown command": (["rnu"], ["'rnu'", "Did you mean 'run'", "commands are run, extract, explain, sql"]),
    "unknown option": (["run", "--worker", "2"], ["--worker", "--workers", "peyer run --help"]),
    "unknown option before the command": (["--foo"], ["--foo", "--version"]),
    "path that is not there": (["run", "gone"], ["gone", "name files or folders"]),
    "no number": (["run", "--workers", "two"], ["'two'", "whole number from 1"]),
    "no workers": (["run", "--workers", "0"], ["'0'", "whole number from 1"]),
    "missing argument": (
        ["sql"],
        ["Missing argument", "expected a statement, such as", "peyer sql --help"],
    ),
    "extra argument": (["sql", "select 1", "select 2"], ["select 2", "expected peyer sql [OPTIONS]"]),
    "nothing to show": (["show"], ["Missing argument", "a synonym or an identifier"]),
    "two things to show": (["show", "a", "b"], ["(b)", "expected peyer show [OPTIONS]"]),
    "empty name to show": (["show", ""], ["'' is no name", "such as tacrolimus"]),
    "blank name to show": (["show", "  "], ["is no name"]),
    "status of what is not there": (["status", "gone"], ["gone", "name files or folders"]),
    "unknown format": (["sql", "select 1", "--format", "xml"], ["'xml'", "'table', 'csv', 'json', 'markdown'"]),
    "wrong sql": (["sql", "from nowhere"], ["nowhere"]),
    "sql that writes": (["sql", "drop table articles"], ["DROP", "read-only"]),
    "sql that writes a file": (["sql", "copy articles to 'a.csv'"], ["reads or writes a file", "peyer export"]),
    "missing folder": (["export"], ["--to", "folder for the files"]),
    "file for a folder": (["export", "--to", "raw/a.txt"], ["raw/a.txt", "name a folder"]),
    "no such file": (["extract", "gone.txt"], ["gone.txt", "name a file"]),
    "empty path": (["run", ""], ["'' is no path", "file or folder"]),
    "empty path of a schedule": (["schedule", "--cron", "0 6 * * *", ""], ["'' is no path"]),
    "empty path of an export": (["export", "--to", ""], ["--to", "'' is no path"]),
    "empty path of a corpus": (["evaluate", "relations", "--corpora", ""], ["--corpora", "'' is no path"]),
    "held-out texts of names": (["evaluate", "ner", "--corpora", ".", "--heldout"], ["--heldout goes with relations"]),
    "measure of another subject": (["evaluate", "ner", "--corpora", ".", "--sample"], ["--sample", "go with names"]),
    "unknown measure": (["evaluate", "names", "--corpora", ".", "--only", "x"], ["no measure x", "there are names"]),
    "no name of a warehouse": (["run", "--warehouse", ""], ["--warehouse", "'' is no path"]),
    "folder for a warehouse": (["run", "--warehouse", "raw"], ["'raw' is a folder", "such as peyer.duckdb"]),
    "folder for a warehouse to ask": (["sql", "select 1", "--warehouse", "raw"], ["'raw' is a folder"]),
    "long name of a warehouse": (["run", "--warehouse", "x" * 300], ["cannot be reached (File name too long)"]),
    "file without a name": (["extract", ""], ["the name is empty", "name a file"]),
    "unknown suffix": (["extract", "slides.pptx"], ["'.pptx'", ".jsonl, .markdown, .md, .ndjson, .txt"]),
    "no cron": (["schedule"], ["--cron", "0 6 * * *"]),
    "bad cron": (["schedule", "--cron", "61 * * * *"], ["'61 * * * *'", "five fields", "0 6 * * *"]),
    "half a cron": (["schedule", "--cron", "0 6"], ["'0 6'", "five fields"]),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_wrong_argument_ends_with_two_and_one_line(peyer: Peyer, case: str, workplace: Path) -> None:
    (workplace / "slides.pptx").touch()
    args, said = WRONG[case]
    done = peyer(*args, cwd=workplace)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert [text for text in said if text not in line] == []


def test_a_process_ends_with_the_exit_code(tmp_path: Path) -> None:
    done = run_process("rnu", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [["sql", "select 1"], ["show", "x"], ["export", "--to", "out"], ["status"]])
def test_missing_warehouse_ends_with_one_and_says_how_to_make_it(peyer: Peyer, args: list[str], tmp_path: Path) -> None:
    done = peyer(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert "there is no warehouse at peyer.duckdb; make one with `peyer run" in line


def test_help_lists_every_command_with_its_purpose() -> None:
    printed = run_process("--help").stdout
    for command in ("run", "extract", "sql", "show", "status", "schedule", "export"):
        [line] = [line for line in printed.splitlines() if line.strip().startswith(f"{command} ")]
        assert len(line.split()) > 3


@pytest.mark.parametrize("args", [["--help"], ["sql", "select 1"]])
def test_quick_commands_load_neither_spacy_nor_prefect(args: list[str], workplace: Path) -> None:
    done = run_process(*args, cwd=workplace, PYTHONPROFILEIMPORTTIME="1")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert imported & {"spacy", "prefect"} == set()


@pytest.mark.parametrize("statement", ["", "  ;", "-- nothing"])
def test_sql_without_a_statement_is_a_wrong_argument(peyer: Peyer, statement: str, workplace: Path) -> None:
    done = peyer("sql", "--", statement, cwd=workplace)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert "there is no statement" in line
