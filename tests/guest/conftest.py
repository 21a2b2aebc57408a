"""The guest lane: each test of this folder runs inside each guest kernel, with one boot a kernel.

Outside a guest every test is collected once for each wanted kernel. The first one boots the kernels (virtme-ng on this
machine's file system, QEMU without KVM), where pytest runs on all the files chosen for each; the others read their result.
Inside (EBPF_IN_GUEST is set) the tests run as they stand.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import xml.etree.ElementTree as ET
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from hook_places import cgroup, counted, veth  # noqa: F401

import ebpf
from ebpf.build.cache import cache_folder
from kernel_support import PROPERTY

#: Tests of the host lane that run here too: their assertions are to be as telling.
pytest.register_assert_rewrite(
    "test_hooks_host", "test_hooks_cgroup", "test_hooks_net", "test_hooks_iter", "test_links", "test_maps_host",
    "test_kernel_commands", "test_wrong_places", "test_kernel_engine", "test_kernel_compiled", "test_kernel_features",
    "test_events_kernel", "test_hooks_denied", "test_kernel_pins", "test_kernel_reasons", "test_profile", "test_docs_kernel",
    "test_types_loaded", "test_programs_host", "test_map_faces", "test_struct_ops", "test_needs",
)  # fmt: skip

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IN_GUEST = bool(os.environ.get("EBPF_IN_GUEST"))
REQUIRED = "guest" in os.environ.get("EBPF_LANES", "").split(",")
#: The kernels that the lane wants, by the start of their release.
WANTED = ("6.1", "6.12")
#: How many of them run at the same time.
AT_ONCE = int(os.environ.get("EBPF_GUESTS_AT_ONCE", "0")) or min(len(WANTED), os.cpu_count() or 1)
#: The tag of this machine's file system as the guests mount it.
KEPT = "ebpf_root"
BOOT_SECONDS = int(os.environ.get("EBPF_GUEST_SECONDS", "1500"))

#: (file, test) → (outcome, text, what of the kernel it used); ("", "") is what a test without a result is told.
Results = dict[tuple[str, str], tuple[str, str, list[str]]]
_RESULTS: pytest.StashKey[dict[str, Results]] = pytest.StashKey()


def kernels() -> dict[str, Path]:
    """version → image, of the wanted Debian kernels that are installed."""
    found: dict[str, Path] = {}
    for image in sorted(Path("/boot").glob("vmlinuz-*")):
        version = re.match(r"vmlinuz-(\d+\.\d+)[.-]", image.name)
        if version and version[1] in WANTED and "cloud" not in image.name:
            found[version[1]] = image
    return found


def vng() -> str | None:
    beside = Path(sys.executable).with_name("vng")
    return str(beside) if beside.exists() else shutil.which("vng")


def lacks() -> str:
    """Why no guest can be booted here; empty if one can."""
    if platform.machine() != "x86_64" or not sys.platform.startswith("linux"):
        return "guests are booted on x86-64 Linux only"
    if os.geteuid() != 0:
        return "the guest lane needs root (the guest shares this file system)"
    if not shutil.which("qemu-system-x86_64"):
        return "the guest lane needs QEMU: apt-get install qemu-system-x86"
    if not vng():
        return "the guest lane needs virtme-ng: pip install virtme-ng"
    missing = [version for version in WANTED if version not in kernels()]
    if missing:
        return f"no kernel image for {', '.join(missing)}: apt-get install linux-image-amd64 linux-image-6.12-amd64"
    return ""


if not IN_GUEST:

    def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
        metafunc.fixturenames.insert(0, "guest_kernel")
        metafunc.parametrize("guest_kernel", WANTED, scope="session")

    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        why = lacks()
        for item in items:
            if not item.path.is_relative_to(HERE):
                continue
            assert isinstance(item, pytest.Function)
            item.fixturenames[:] = []  # they are made inside
            if why and REQUIRED:
                raise pytest.UsageError(f"EBPF_LANES requires the guest lane: {why}")
            if why:
                item.add_marker(pytest.mark.skip(reason=why))
            item.add_marker(pytest.mark.timeout(0))  # the first test of a kernel waits for all of them

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
        if not pyfuncitem.path.is_relative_to(HERE):
            return None
        version = _version(pyfuncitem)
        results = _results(pyfuncitem.session, version)
        inside = re.sub(r"\[(.*)\]$", lambda m: _without(m[1], version), pyfuncitem.name)
        outcome, text, used = results.get((pyfuncitem.path.stem, inside), results["", ""])
        if outcome == "skipped":
            pytest.skip(text)
        if outcome == "failed":
            pytest.fail(f"in the guest with Linux {version}:\n{text}", pytrace=False)
        pyfuncitem.user_properties += [(PROPERTY, what) for what in used]
        return True


def _version(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    return str(item.callspec.params["guest_kernel"])


def _without(ids: str, version: str) -> str:
    """A test's own parameters, without the kernel."""
    parts = ids.split("-")
    parts.remove(version)
    return f"[{'-'.join(parts)}]" if parts else ""


def _results(session: pytest.Session, version: str) -> Results:
    """The results of one boot. The first test that asks boots all kernels that are wanted, each on a processor of its own."""
    known = session.config.stash.get(_RESULTS, None)
    if known is None:
        files: dict[str, set[str]] = {}
        for item in session.items:
            if item.path.is_relative_to(HERE):
                files.setdefault(_version(item), set()).add(str(item.path))
        running: list[subprocess.Popen[str]] = []
        compile_first()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            boots = {each: pool.submit(boot, each, sorted(paths), running) for each, paths in files.items()}
            try:
                known = {each: _result(done) for each, done in boots.items()}
            except BaseException:  # Ctrl-C comes to this thread only
                pool.shutdown(wait=False, cancel_futures=True)
                for child in running:
                    os.killpg(child.pid, 9)
                raise
        session.config.stash[_RESULTS] = known
    return known[version]


def _result(done: Future[Results]) -> Results:
    """What a boot gave. One that could not be tried fails its tests, each; they don't try again."""
    try:
        return done.result()
    except Exception:
        return {("", ""): ("failed", traceback.format_exc(), [])}


def compile_first() -> None:
    """The C that tests load is compiled out here, ten times as fast: the guests find the objects in this machine's cache."""
    for source in [*(ROOT / "tests" / "bpf").glob("*.bpf.c"), *(ROOT / "examples").glob("*/*.bpf.c")]:
        try:
            ebpf.compile(source)
        except ebpf.EbpfError:
            pass  # the test that wants it says so


def boot(version: str, files: list[str], running: list[subprocess.Popen[str]]) -> Results:
    """Boots a kernel, runs the files' tests in it as root, and reads the results. What runs is in `running` meanwhile."""
    with tempfile.TemporaryDirectory(prefix="ebpf-guest-") as folder:
        report, console = Path(folder) / "report.xml", Path(folder) / "console"
        script, inside = Path(folder) / "run.sh", Path(folder) / "tests.sh"
        cache = Path(folder) / "cache" / "ebpf"
        cache.mkdir(parents=True)
        programs = Path(folder) / "unprivileged"
        if any(path.endswith("test_unprivileged_here.py") for path in files):
            from unprivileged import prepare

            prepare(programs)
        objects = cache_folder()
        if objects is not None:
            (cache / "objects").symlink_to(objects / "objects")
        script.write_text(
            "#!/bin/sh\n"
            "mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf\n"
            "mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing\n"
            "mountpoint -q /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup\n"
            "ip link set lo up 2>/dev/null\n"
            # The root of virtme-ng asks the host for everything every time; here what was read once is kept.
            "options=trans=virtio,version=9p2000.L,msize=512000,cache=loose,ro,access=any\n"
            f"if mount -t 9p -o $options {KEPT} /mnt; then\n"
            "  for folder in dev proc sys run tmp; do mount --rbind /$folder /mnt/$folder; done\n"
            # A root of its own, not a chroot: there no user namespace could be made.
            f"  cd /mnt && pivot_root . mnt && exec chroot . {inside}\n"
            "fi\n"
            f"exec {inside}\n"
        )
        inside.write_text(
            "#!/bin/sh\n"
            f"cd {ROOT} && EBPF_IN_GUEST={version} EBPF_UNPRIVILEGED={programs} "
            f"PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME={cache.parent} "
            f"exec {sys.executable} -m pytest -q -p no:cacheprovider --timeout=240 --junitxml={report} "
            f"-o junit_family=xunit1 {' '.join(files)}\n"
        )
        script.chmod(0o755)
        inside.chmod(0o755)
        # The guest sees this file system read-only but for this folder and its own tmpfs. `timeout` ends it, should this
        # process be killed.
        command = [
            "timeout", "-k", "5", str(BOOT_SECONDS + 60),
            str(vng()), "-r", str(kernels()[version]), "--disable-kvm", "--cpus", "2", "--memory", "2G", "--user", "root",
            f"--rwdir={folder}", "--append", "lsm=lockdown,bpf console=ttyS1",
            f"--qemu-opts=-fsdev local,id={KEPT},path=/,security_model=none,readonly=on,multidevs=remap "
            f"-device virtio-9p-pci,fsdev={KEPT},mount_tag={KEPT} "
            f"-chardev file,id=kept,path={console} -serial chardev:kept", "--", str(script),
        ]  # fmt: skip
        path = f"{Path(str(vng())).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"  # vng calls virtme-run
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", start_new_session=True, env=os.environ | {"PATH": path},
        )  # fmt: skip
        running.append(child)
        try:
            said, _ = child.communicate(timeout=BOOT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            said, _ = child.communicate()
            said += f"\n(stopped after {BOOT_SECONDS} s)"
        finally:
            running.remove(child)
        # What the kernel says when it stops: the guest itself is quiet.
        last = console.read_text(errors="replace")[-8000:] if console.exists() else ""
        told = f"no result came back; the guest said:\n{said[-8000:]}\nits kernel said:\n{last}"
        results: Results = {("", ""): ("failed", told, [])}
        if report.exists():
            results.update(_read(report))
        return results


def _read(report: Path) -> Results:
    results: Results = {}
    for case in ET.parse(report).iter("testcase"):
        outcome, text = "passed", ""
        for tag in ("failure", "error", "skipped"):
            node = case.find(tag)
            if node is not None:
                outcome = "skipped" if tag == "skipped" else "failed"
                text = f"{node.get('message', '')}\n{node.text or ''}".strip()
        used = [str(node.get("value")) for node in case.iter("property") if node.get("name") == PROPERTY]
        results[str(case.get("classname")).rpartition(".")[2], str(case.get("name"))] = (outcome, text, used)
    return results
