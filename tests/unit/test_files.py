"""Files that are written whole or not at all, and what is no file at all: nothing takes the place of a device or a pipe."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ebpf._files import Draft, write_all, write_whole

SRC = str(Path(__file__).resolve().parents[2] / "src")


def read_in_a_thread(path: Path) -> Callable[[], bytes]:
    found: list[bytes] = []
    thread = threading.Thread(target=lambda: found.append(path.read_bytes()), daemon=True)
    thread.start()

    def result() -> bytes:
        thread.join(60)
        return found[0]

    return result


def test_a_file_and_its_mode(tmp_path: Path) -> None:
    for mode in (0o666, 0o600):
        write_whole(tmp_path / "x", b"1" * mode, mode)
        assert (tmp_path / "x").read_bytes() == b"1" * mode
        umask = os.umask(0)
        os.umask(umask)
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode & ~umask
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_text("old")
    draft = Draft(tmp_path / "x")
    draft.file.write(b"new")
    draft.discard()
    draft.discard()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        write_whole(tmp_path / "x", b"new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "old")]


@pytest.mark.parametrize("path", ["folder", "no/such/place", "nothing/"])
def test_where_nothing_can_be(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(f"{tmp_path}/{path}", b"x")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").write_text("old")
    (tmp_path / "link").symlink_to("there/x")
    (tmp_path / "later").symlink_to("there/y")
    write_whole(tmp_path / "link", b"new")
    write_whole(tmp_path / "later", b"first")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "later").is_symlink()
    assert {path.name: path.read_text() for path in (tmp_path / "there").iterdir()} == {"x": "new", "y": "first"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        result = read_in_a_thread(tmp_path / "pipe")
        write_whole(tmp_path / name, b"through")
        assert result() == b"through"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_device_stays_a_device(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")  # should the device be replaced, it is only this link
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "full", b"x")
    (tmp_path / "null").symlink_to(os.devnull)
    write_whole(tmp_path / "null", b"x")
    assert [path.is_symlink() for path in tmp_path.iterdir()] == [True, True]
    assert stat.S_ISCHR(os.stat(tmp_path / "full").st_mode)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_an_output_that_is_redirected_to_a_file(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        write_whole(f"/proc/self/fd/{out.fileno()}", b"first ")
        out.seek(0, os.SEEK_END)
        out.write(b"then")
    assert (tmp_path / "out").read_bytes() == b"first then"


def test_several_files_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "c").mkdir()
    files = {tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"}
    with pytest.raises(OSError, match=r"can't be written: Is a directory.*c'"):
        write_all(list(files.items()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    assert (tmp_path / "a").read_text() == "old"
    (tmp_path / "c").rmdir()
    write_all(list(files.items()))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new", "b": b"new", "c": b"new"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="descriptors are handed on as Unix does")
def test_standard_output_goes_on_where_it_is(tmp_path: Path) -> None:
    """Opened by its name, a file would be written from its beginning again."""
    target = tmp_path / "out"
    code = "from ebpf._files import write_whole; write_whole('/dev/stdout', b'second')"
    with target.open("wb") as file:
        file.write(b"first ")
        file.flush()
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True, env={"PYTHONPATH": SRC})
    assert target.read_bytes() == b"first second"


def test_standard_input_may_be_a_socket() -> None:
    """Which can't be opened by a name."""
    code = "from ebpf._files import open_to_read; print(open_to_read('/dev/stdin').read())"
    ours, theirs = socket.socketpair()
    with theirs, ours:
        ours.sendall(b"packets")
        ours.shutdown(socket.SHUT_WR)
        done = subprocess.run([sys.executable, "-c", code], stdin=theirs, capture_output=True, env={"PYTHONPATH": SRC})
    assert done.stdout == b"b'packets'\n", done.stderr
