"""The three lanes (unit, host, guest): which can run here, and which must.

EBPF_LANES names lanes that must run ("unit,host,guest"): a lane that can't run then fails instead of being skipped.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel_support import PROPERTY, Notes, Recorder

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
REQUIRED = {lane for lane in os.environ.get("EBPF_LANES", "").split(",") if lane}
IN_GUEST = bool(os.environ.get("EBPF_IN_GUEST"))
if not IN_GUEST:
    import hypothesis

    hypothesis.settings.register_profile("ebpf", deadline=None)  # a busy machine is no failure
    hypothesis.settings.load_profile("ebpf")
if hasattr(signal, "SIGHUP"):
    signal.signal(
        signal.SIGHUP, signal.SIG_DFL
    )  # under nohup it is ignored, and what the tests start would inherit that


def lane_of(item: pytest.Item) -> str:
    """The lane of a test: by its folder, or by its marker."""
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    if item.get_closest_marker("guest") or folder == "guest":
        return "guest"
    return "host" if item.get_closest_marker("host") or folder == "host" else "unit"


def host_lacks() -> str:
    """Why the host lane can't run here; empty if it can."""
    if not sys.platform.startswith("linux"):
        return "the host lane needs Linux"
    if os.geteuid() != 0:
        return "the host lane needs root"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacks = host_lacks()
    for item in items:
        if lane_of(item) == "host" and lacks and not IN_GUEST:
            if "host" in REQUIRED:
                raise pytest.UsageError(f"EBPF_LANES requires the host lane: {lacks}")
            item.add_marker(pytest.mark.skip(reason=lacks))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Other projects' test data; its tests are skipped where it is absent."""
    path = Path(os.environ.get("EBPF_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not (path / "manifest.json").exists():
        pytest.skip(f"no test data at {path}: set EBPF_CORPUS")
    return path


# -- what of the kernel's interface passing tests have used: docs/kernel-support.md -----------------------------------

RECORDER = Recorder()
NOTES = Notes()


def pytest_configure() -> None:
    if not host_lacks():
        RECORDER.install()


def pytest_runtest_setup() -> None:
    RECORDER.take()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    if call.when == "call" and call.excinfo is None:
        # Inside a guest they travel with the report, and the lane's conftest puts them on the test outside.
        item.user_properties += [(PROPERTY, what) for what in RECORDER.take()]
        lane = os.environ.get("EBPF_IN_GUEST", "host")
        if hasattr(item, "callspec"):
            lane = item.callspec.params.get("guest_kernel", lane)
        NOTES.add(
            str(lane),
            f"{item.path.stem}::{item.originalname}",
            [str(v) for k, v in item.user_properties if k == PROPERTY],
        )
        if "EBPF_SUPPORT" in os.environ:
            NOTES.write(Path(os.environ["EBPF_SUPPORT"]))  # each time: a run that is stopped has told what it saw
    return (yield)
