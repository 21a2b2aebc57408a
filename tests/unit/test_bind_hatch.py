"""The build hook: a package that ships BPF becomes a wheel that needs no compiler."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from compiled import _compiler

pytest.importorskip("hatchling")

from hatchling.builders.wheel import WheelBuilder
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from ebpf.bind import hatch
from ebpf.bind.generate import GenerateError
from ebpf.kernel.privilege import is_privileged

ROOT = Path(__file__).resolve().parents[2]
C = 'char L[] __attribute__((section("license"), used)) = "GPL";\n' \
    '__attribute__((section("xdp"), used)) int drop(void *ctx) { return 1; }\n'  # fmt: skip


def project(folder: Path, line: str = "bpf2py drop drop.bpf.c", config: str = 'paths = ["src"]') -> Path:
    package = folder / "src" / "mine"
    package.mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("*.o\ndrop.py\n")
    (package / "__init__.py").write_text(f"# ebpf:generate {line}\n")
    (package / "drop.bpf.c").write_text(C)
    (folder / "pyproject.toml").write_text(
        textwrap.dedent(f"""
        [build-system]
        requires = ["hatchling", "ebpf"]
        build-backend = "hatchling.build"
        [project]
        name = "mine"
        version = "1.0"
        [tool.hatch.build]
        dev-mode-dirs = ["src"]
        [tool.hatch.build.targets.wheel]
        packages = ["src/mine"]
        [tool.hatch.build.hooks.ebpf]
        {config}
        """)
    )
    return folder


def build_wheel(folder: Path) -> Path:
    """As `pip wheel` does it, in this process, with the hook registered as its entry point would."""

    class Manager(PluginManager):
        def initialize(self) -> None:
            super().initialize()
            self.manager.register(hatch)

    manager = Manager()
    builder = WheelBuilder(str(folder), plugin_manager=manager, metadata=ProjectMetadata(str(folder), manager))
    return Path(next(iter(builder.build(directory=str(folder / "dist"), versions=["standard"]))))


def test_a_wheel_that_needs_no_compiler(tmp_path: Path) -> None:
    _compiler()
    wheel = build_wheel(project(tmp_path))
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("mine/")}
        archive.extractall(tmp_path / "site")
    assert names == {
        "mine/__init__.py", "mine/drop.bpf.c", "mine/drop.py", "mine/drop_bpfel.o", "mine/drop_bpfeb.o",
    }  # fmt: skip
    code = "from mine.drop import Drop; print(Drop.read().programs['drop'].type.label)"
    environment = {"PYTHONPATH": f"{tmp_path / 'site'}:{ROOT / 'src'}", "PATH": "/nonexistent", "HOME": str(tmp_path)}
    out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert out.stdout == "xdp\n"
    # built again, the same bytes
    first = wheel.read_bytes()
    assert build_wheel(tmp_path).read_bytes() == first


def test_what_is_written_to_other_folders(tmp_path: Path) -> None:
    """A line may name any folder of the package, beside its own or below it."""
    _compiler()
    line = "bpf2py --output-dir ../made/of-c --target bpfel drop $EBPF_DIR/drop.bpf.c"
    folder = project(tmp_path, line, 'paths = ["src/mine/lines"]')
    package = folder / "src" / "mine"
    (package / "lines").mkdir()
    for name in ("__init__.py", "drop.bpf.c"):
        (package / name).rename(package / "lines" / name)
    for _ in ("written", "kept"):
        with zipfile.ZipFile(build_wheel(folder)) as archive:
            names = {name for name in archive.namelist() if name.startswith("mine/")}
        assert names == {
            "mine/lines/__init__.py", "mine/lines/drop.bpf.c", "mine/made/of-c/drop.py", "mine/made/of-c/drop_bpfel.o",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"line": "bpf2py drop none.c"}, GenerateError, "src/mine/__init__.py:1: bpf2py drop none.c: exit status 3"),
        ({"config": 'paths = "src"'}, TypeError, "paths must be a list"),
        ({"config": 'paths = ["nowhere"]'}, GenerateError, "no such file or folder"),
    ],
)
def test_a_build_that_fails(tmp_path: Path, options: dict[str, str], error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        build_wheel(project(tmp_path, **options))


# ---------------------------------------------------------------------------------------- as a person does it, from end to end


class Site:
    """Environments with nothing but Python and the wheels that were put in, and one that builds packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manager = PluginManager()
        builder = WheelBuilder(str(ROOT), plugin_manager=manager, metadata=ProjectMetadata(str(ROOT), manager))
        self.ebpf = Path(next(iter(builder.build(directory=str(folder / "ebpf"), versions=["standard"]))))
        self.tools = folder / "tools"
        unpack(self.ebpf, self.tools)

    def build(self, project: Path, target: str = "wheel") -> Path:
        """What a build front end without isolation does: the hook is found by the entry point of the installed ebpf."""
        made = project / "dist" / target.replace(":", "-")
        command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(made)]
        environment = {**os.environ, "PYTHONPATH": str(self.tools)}
        subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True, text=True, timeout=120)
        return next(path for path in made.iterdir() if path.suffix in (".whl", ".gz"))

    def empty(self, *wheels: Path) -> Path:
        """The Python of a new environment with these wheels and ebpf in it; no pip, no compiler, no other package."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        venv.create(place, with_pip=False, symlinks=True)
        site = next(place.glob("lib/python*/site-packages"))
        for wheel in (self.ebpf, *wheels):
            unpack(wheel, site)
        return place / "bin" / "python"


def unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    _compiler()
    return Site(tmp_path_factory.mktemp("site"))


LOADS = """
import sys
from mine.drop import Drop
for engine in sys.argv[1:]:
    with Drop.load(engine=engine) as obj:
        print(engine, obj.engine.name, obj.drop.run(data=bytes(64)).retval)
try:
    import click
except ImportError:
    print("no other package")
"""


def loaded(python: Path, folder: Path) -> str:
    engines = ["vm", *["kernel"] * (hasattr(os, "geteuid") and os.geteuid() == 0 and is_privileged())]
    environment = {"PATH": "/nonexistent", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(
        [str(python), "-I", "-c", LOADS, *engines], env=environment, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    *lines, last = done.stdout.splitlines()
    assert last == "no other package"
    assert [line.split()[:2] for line in lines] == [[name, name] for name in engines]
    (verdict,) = {line.split()[2] for line in lines}
    return verdict


def test_a_wheel_in_an_empty_environment(site: Site, tmp_path: Path) -> None:
    """A wheel; a wheel made of the sdist; one of C that was changed; one that is installed in place."""
    package = project(tmp_path / "package")
    assert loaded(site.empty(site.build(package)), tmp_path) == "1"

    archive = site.build(package, "sdist")
    with tarfile.open(archive) as source:
        assert {"src/mine/drop.bpf.c", "src/mine/drop.py", "src/mine/drop_bpfel.o"} <= {
            name.partition("/")[2] for name in source.getnames()
        }
        source.extraction_filter = getattr(tarfile, "data_filter", None)  # type: ignore[attr-defined]
        source.extractall(tmp_path / "unpacked")
    unpacked = next((tmp_path / "unpacked").iterdir())
    assert loaded(site.empty(site.build(unpacked)), tmp_path) == "1"

    (unpacked / "src/mine/drop.bpf.c").write_text(C.replace("return 1", "return 2"))
    assert loaded(site.empty(site.build(unpacked)), tmp_path) == "2"

    in_place = site.build(unpacked, "wheel:editable")
    python = site.empty(in_place)
    assert loaded(python, tmp_path) == "2"
    (unpacked / "src/mine/drop.bpf.c").write_text(C.replace("return 1", "return 3"))
    site.build(unpacked, "wheel:editable")
    assert loaded(python, tmp_path) == "3"
