"""The kernel's types from a file, and the index that is kept of them: what may be trusted, and what may not."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from ebpf.btf import Btf, Func, Int, Kind, Member, Pointer, Struct, Typedef, kernel
from ebpf.btf.build import Builder
from ebpf.errors import NotSupported

BUILD = "00112233445566778899aabbccddeeff00112233"
RAW = bytes(
    Builder(
        [
            Int("int", 4, 1),
            Struct("task", 8, [Member("pid", 1, 0)]),
            Pointer(2),
            Struct("task___2", 4, []),
            Typedef("task", 2),
            Func("task", 0),
            Struct("", 4, []),
        ]
    )
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kernel, "_kernel", None)
    monkeypatch.setattr(kernel, "_modules", {})
    return tmp_path / "ebpf"


def index(raw: bytes = RAW, build: str = BUILD) -> str:
    folder = kernel.cache_folder()
    assert folder is not None
    path = f"{folder}/btf-{build}.index"
    btf = Btf.parse(raw)
    btf.find("task")
    btf.find("nothing")
    assert kernel.write_index(btf, path, build)
    return path


def test_the_index_gives_the_same(cache: Path) -> None:
    path = index()
    assert Path(path).parent == cache
    fresh, kept = Btf.parse(RAW), kernel._read_index(path, RAW, BUILD)
    assert kept is not None
    assert kept._found == {"task": [2, 4, 5, 6], "nothing": []}
    assert len(kept) == len(fresh)
    assert [found for _id, found in kept] == [found for _id, found in fresh]
    for name in ("int", "task", "task___2", "pid", "", "nothing"):
        assert kept.find_all(name) == fresh.find_all(name), name
        assert kept.find_flavours(name) == fresh.find_flavours(name), name
    assert kept.find("task", Kind.TYPEDEF) == 5
    # A split BTF on it, and what is written of it.
    module = Builder([Struct("own", 8, [Member("task", 2, 0)])], base=kept).btf()
    assert module.find("own") == 8
    assert module.find("task") == 2


def test_it_is_private(cache: Path) -> None:
    path = Path(index())
    assert path.stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in cache.iterdir()] == [path.name]


@pytest.mark.parametrize("place", [0, 8, 12, 16, 20, 24, 28, 70, 80, -1])
def test_a_damaged_index_is_not_used(place: int) -> None:
    path = Path(index())
    raw = bytearray(path.read_bytes())
    raw[place] ^= 0x10
    path.write_bytes(raw)
    assert kernel._read_index(str(path), RAW, BUILD) is None


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1], lambda raw: raw + b"\0", lambda raw: raw[:20], lambda raw: b""]
)
def test_a_cut_index_is_not_used(change: object) -> None:
    path = Path(index())
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert kernel._read_index(str(path), RAW, BUILD) is None


def test_another_kernels_index_is_not_used() -> None:
    path = index()
    assert kernel._read_index(path, RAW, "ff" * 20) is None
    other = bytes(Builder([Int("int", 4, 1)]))
    assert kernel._read_index(path, other, BUILD) is None


def test_what_others_may_write_is_not_used(cache: Path) -> None:
    path = index()
    os.chmod(path, 0o666)
    assert kernel._read_index(path, RAW, BUILD) is None
    os.chmod(path, 0o600)
    assert kernel._read_index(path, RAW, BUILD) is not None
    link = cache / "link.index"
    link.symlink_to(path)
    assert kernel._read_index(str(link), RAW, BUILD) is None
    cache.chmod(0o777)
    assert kernel.cache_folder() is None


def test_a_folder_that_is_a_link_is_not_used(cache: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    cache.symlink_to(elsewhere)
    assert kernel.cache_folder() is None


def test_where_the_cache_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernel.cache_folder() == str(tmp_path / "ebpf")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    assert kernel.cache_folder() == str(tmp_path / "home" / ".cache" / "ebpf")
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert kernel.cache_folder() is None


def test_another_users_home_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(kernel, "_owned", lambda path, user: False)
    import pwd

    home = tmp_path / "own"
    home.mkdir()
    entry = pwd.getpwuid(os.geteuid())
    monkeypatch.setattr(pwd, "getpwuid", lambda user: type("E", (), {"pw_dir": str(home)})() if user else entry)
    if os.geteuid():
        assert kernel.cache_folder() == str(home / ".cache" / "ebpf")


def test_read_cached_writes_at_the_end(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "btf").write_bytes(RAW)
    code = (
        "from ebpf.btf import kernel; from pathlib import Path; import sys\n"
        "raw = Path(sys.argv[1]).read_bytes()\n"
        f"btf = kernel.read_cached(raw, {BUILD!r})\n"
        "known = 'task' in btf._found\n"
        "assert btf.find('task') == 2\n"
        "print(known)\n"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": source}
    for wanted in ("False", "True"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "btf")],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        assert done.stdout.strip() == wanted
    assert [path.name for path in cache.iterdir()] == [f"btf-{BUILD}.index"]


def test_only_what_is_new_is_written(cache: Path) -> None:
    path = Path(index())
    before = path.stat().st_mtime_ns
    kept = kernel._read_index(str(path), RAW, BUILD)
    assert kept is not None
    kept.find("task")
    known = len(kept._found)
    kernel._write_at_exit(kept, str(path), BUILD, known, os.getpid())
    kernel._write_at_exit(kept, str(path), BUILD, known - 1, os.getpid() + 1)  # a child of fork
    assert path.stat().st_mtime_ns == before
    kept.find("int")
    kernel._write_at_exit(kept, str(path), BUILD, known, os.getpid())
    again = kernel._read_index(str(path), RAW, BUILD)
    assert again is not None
    assert set(again._found) == {"task", "nothing", "int"}


def test_names_that_are_no_names_are_not_kept(cache: Path) -> None:
    folder = kernel.cache_folder()
    btf = Btf.parse(RAW)
    for name in ("task", "a b", "x\ny", "\udc80"):
        btf.find_all(name)
    assert kernel.write_index(btf, f"{folder}/btf-{BUILD}.index", BUILD)
    kept = kernel._read_index(f"{folder}/btf-{BUILD}.index", RAW, BUILD)
    assert kept is not None
    assert list(kept._found) == ["task"]


def test_old_indexes_go(cache: Path) -> None:
    for number in range(kernel.MAX_KEPT + 3):
        os.utime(index(build=f"{number:02x}" * 20), ns=(number, number))
    (cache / "other").write_text("")
    path = index()
    kept = sorted(one.name for one in cache.iterdir())
    assert "other" in kept
    assert Path(path).name in kept
    assert len(kept) == kernel.MAX_KEPT + 1
    assert f"btf-{'00' * 20}.index" not in kept


def test_nothing_is_kept_without_a_build_id(cache: Path) -> None:
    assert kernel.read_cached(RAW, "").find("task") == 2
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    assert not kernel.write_index(Btf.parse(RAW), str(tmp_path / "no" / "such" / "folder"), BUILD)


def test_build_ids() -> None:
    def note(name: bytes, kind: int, data: bytes) -> bytes:
        def padded(part: bytes) -> bytes:
            return part + bytes(-len(part) % 4)

        return struct.pack("=III", len(name), len(data), kind) + padded(name) + padded(data)

    wanted = note(b"GNU\0", 3, bytes.fromhex(BUILD))
    assert kernel.find_build_id(wanted) == BUILD
    assert kernel.find_build_id(note(b"Xen\0", 3, b"abcde") + note(b"GNU\0", 1, b"abc") + wanted) == BUILD
    assert kernel.find_build_id(b"") == ""
    assert kernel.find_build_id(note(b"Linux\0", 3, b"1234")) == ""
    assert kernel.find_build_id(wanted[:11]) == ""


def test_a_kernel_and_its_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sysfs"
    folder.mkdir()
    monkeypatch.setattr(kernel, "SYSFS", str(folder))
    monkeypatch.setattr(kernel, "NOTES", str(folder / "none"))
    with pytest.raises(
        NotSupported, match=r"the kernel's own types needs Linux 5\.4.*No such file.*CONFIG_DEBUG_INFO_BTF"
    ):
        kernel.kernel_btf()
    (folder / "vmlinux").write_bytes(RAW)
    base = kernel.kernel_btf()
    assert kernel.kernel_btf() is base
    assert base.find("task") == 2
    for name in ("zeta", "alpha"):
        (folder / name).write_bytes(bytes(Builder([Struct(name, 4, [])], base=base)))
    (folder / "broken").write_bytes(b"x")
    assert kernel.module_names() == ["alpha", "broken", "zeta"]
    assert kernel.module_btf("zeta").base is base
    with pytest.raises(NotSupported, match="types of the module none"):
        kernel.module_btf("none")
    targets = kernel.Targets()
    assert targets[0] is base
    assert targets[1].find("alpha") == 8
    assert len(targets) == 4
    assert [one.find("zeta") for one in targets] == [None, None, 8]
