"""`ebpf generate` and the command line of bpf2py."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from compiled import _compiler

from ebpf.bind import generate
from ebpf.bind.generate import GenerateError
from ebpf.cli import bind as bind_cli
from ebpf.cli import generate as generate_cli

C = """
char LICENSE[] __attribute__((section("license"), used)) = "GPL";
__attribute__((section("xdp"), used)) int drop(void *ctx) { return VALUE; }
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def words(path: Path) -> list[tuple[str, ...]]:
    return [one.words for one in generate.directives(path)]


def test_lines_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHERE", "some where")
    path = write(
        tmp_path / "a.py",
        '"""\n# ebpf:generate bpf2py one a.c\n"""\n'
        "    # ebpf:generate bpf2py 'two words' $EBPF_FILE $EBPF_LINE ${DOLLAR}x -- -I$WHERE\n"
        "x = 1  # ebpf:generate not this one\n"
        "# ebpf:generated nor this\n"
        "# ebpf:generate -command b bpf2py --embed\n"
        "#ebpf:generate b three c.c\n"
        "# ebpf:generate other $EBPF_DIR\n",
    )
    assert words(path) == [
        ("bpf2py", "one", "a.c"),
        ("bpf2py", "two words", "a.py", "4", "$x", "--", "-Isome where"),
        ("bpf2py", "--embed", "three", "c.c"),
        ("other", str(tmp_path)),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("# ebpf:generate", "a.py:2: no command after ebpf:generate"),
        ("# ebpf:generate bpf2py $NO_SUCH_THING_HERE", "a.py:2: no variable $NO_SUCH_THING_HERE"),
        ("# ebpf:generate bpf2py 'x", "a.py:2: No closing quotation"),
        ("# ebpf:generate -command x", "a.py:2: -command needs a name"),
    ],
)
def test_bad_lines(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "a.py", f"\n{line}\n")
    with pytest.raises(GenerateError) as error:
        generate.directives(path)
    assert message in str(error.value)


def test_which_files_are_looked_at(tmp_path: Path) -> None:
    for name in ("b.py", "a/z.py", ".git/x.py", "__pycache__/y.py", "env/pyvenv.cfg", "env/lib/q.py", "c.txt"):
        write(tmp_path / name, "")
    assert [str(path.relative_to(tmp_path)) for path in generate.python_files([tmp_path])] == ["b.py", "a/z.py"]
    with pytest.raises(GenerateError, match="no such file"):
        list(generate.python_files([tmp_path / "none"]))
    (tmp_path / "bad.py").write_bytes(b"# ebpf:generate \xff")
    with pytest.raises(GenerateError, match="no UTF-8"):
        generate.directives(tmp_path / "bad.py")


def run(command: object, *args: str) -> Result:
    return CliRunner().invoke(command, list(args))  # type: ignore[arg-type]


def test_it_runs_them(tmp_path: Path) -> None:
    _compiler()
    write(tmp_path / "pkg/drop.c", C)
    write(
        tmp_path / "pkg/use.py",
        "# ebpf:generate bpf2py one drop.c --embed -- -DVALUE=1\n# ebpf:generate bpf2py two drop.c -- -DVALUE=2\n",
    )
    result = run(generate_cli.command, str(tmp_path))
    assert (result.exit_code, result.output) == (
        0,
        "wrote one.py\nwrote two_bpfel.o\nwrote two_bpfeb.o\nwrote two.py\n",
    )
    assert {path.name for path in (tmp_path / "pkg").iterdir()} >= {"one.py", "two.py", "two_bpfel.o", "two_bpfeb.o"}
    rows = json.loads(run(generate_cli.command, str(tmp_path), "--json").output)
    assert [(row["line"], row["status"], row["output"]) for row in rows] == [
        (1, 0, "kept one.py\n"),
        (2, 0, "kept two_bpfel.o\nkept two_bpfeb.o\nkept two.py\n"),
    ]


def test_a_line_that_fails_stops_its_file(tmp_path: Path) -> None:
    python = sys.executable
    write(
        tmp_path / "a.py",
        f"# ebpf:generate {python} -c 'raise SystemExit(3)'\n# ebpf:generate {python} -c 'print(1)'\n",
    )
    write(
        tmp_path / "b.py", f"# ebpf:generate {python} -c 'import os; print(os.getcwd(), os.environ[\"EBPF_LINE\"])'\n"
    )
    write(tmp_path / "c.py", "# ebpf:generate no-such-command-here\n")
    found = [one for path in generate.python_files([tmp_path]) for one in generate.directives(path)]
    outcomes = generate.run(found, jobs=2)
    assert [(outcome.status, outcome.output) for outcome in outcomes] == [
        (3, ""),
        (0, f"{tmp_path} 1\n"),
        (127, "no-such-command-here: no such command\n"),
    ]
    result = run(generate_cli.command, str(tmp_path))
    assert result.exit_code == 1
    assert "a.py:1:" in result.stderr and "exit status 3" in result.stderr
    assert run(generate_cli.command, str(tmp_path), "-n").stdout.count("\n") == 4


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    result = run(generate_cli.command, str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no `# ebpf:generate` line found" in result.stderr


def test_bpf2py_options_as_bpf2go_spells_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _compiler()
    source = write(tmp_path / "drop.c", C)
    monkeypatch.setenv("BPF2PY_CFLAGS", "-DVALUE=3")
    out = str(tmp_path / "out")
    result = run(bind_cli.command, "-target", "bpfel", "-no-strip", "-output-dir", out, "drop", str(source), "--json")
    assert result.exit_code == 0, result.output
    assert [Path(row["path"]).name for row in json.loads(result.stdout)] == ["drop_bpfel.o", "drop.py"]
    whole = (tmp_path / "out" / "drop_bpfel.o").stat().st_size
    run(bind_cli.command, "--target", "bpfel", "--output-dir", out, "drop", str(source))
    assert (tmp_path / "out" / "drop_bpfel.o").stat().st_size < whole
    quiet = run(bind_cli.command, "-q", "--output-dir", out, "drop", str(source), "--", "-UVALUE", "-DVALUE=4")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert run(bind_cli.command, "--", "", str(source)).exit_code == 2
    assert run(bind_cli.command, "--target", "z80", "drop", str(source)).exit_code == 2


def test_bpf2py_says_what_the_compiler_said(tmp_path: Path) -> None:
    _compiler()
    source = write(tmp_path / "drop.c", C)
    result = run(bind_cli.command, "drop", str(source))
    assert result.exit_code != 0
    assert "VALUE" in str(result.exception)


def test_check_says_what_is_not_up_to_date(tmp_path: Path) -> None:
    _compiler()
    write(tmp_path / "drop.bpf.c", C)
    source = write(tmp_path / "a.py", "# ebpf:generate bpf2py drop drop.bpf.c -D VALUE=1\n# ebpf:generate touch side\n")

    def check(*options: str) -> Result:
        return CliRunner().invoke(generate_cli.command, [str(source), "--check", *options])

    before = sorted(path.name for path in tmp_path.iterdir())
    first = check()
    assert first.exit_code == 1
    assert first.stderr.splitlines() == [
        f"{source}:1: bpf2py drop drop.bpf.c -D VALUE=1: exit status 1",
        "differs drop_bpfel.o", "differs drop_bpfeb.o", "differs drop.py",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert CliRunner().invoke(generate_cli.command, [str(source)]).exit_code == 0
    assert (tmp_path / "side").exists()
    (tmp_path / "side").unlink()
    again = check("--json")
    assert again.exit_code == 0
    assert [one["status"] for one in json.loads(again.stdout)] == [0]
    assert not (tmp_path / "side").exists()  # what can't be asked isn't run
    text = (tmp_path / "drop.py").read_text()
    write(tmp_path / "drop.py", text + "# edited\n")
    assert "differs drop.py" in check().stderr
    assert (tmp_path / "drop.py").read_text() == text + "# edited\n"
