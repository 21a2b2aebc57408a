"""The build hook: a package that ships BPF becomes a wheel that needs no compiler."""

from __future__ import annotations

import subprocess
import sys
import textwrap
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
