"""The types of the running kernel and its modules, from /sys/kernel/btf (Linux 5.4; modules 5.11). Files only.

Finding where all of a kernel's types begin takes tens of milliseconds, and finding a name a few: what was found is kept in a
file per kernel build, `$XDG_CACHE_HOME/ebpf/btf-<build id>.index`, when a process ends that found something new. That takes two
milliseconds; the file comes into its place when it is whole. A folder or file that others could have written is not used.
"""

from __future__ import annotations

import os
import sys
from binascii import crc32
from struct import Struct as Layout

from ebpf.btf.reader import Btf
from ebpf.errors import BtfError, NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from mmap import mmap
else:
    from _collections_abc import Sequence  # `collections.abc`, without what `collections` imports

SYSFS = "/sys/kernel/btf"
NOTES = "/sys/kernel/notes"

# The index: magic, version, bytes of the kernel's BTF, types, CRC of what follows; the build id, filled up with 0; where each
# of so many types begins, in words; then what was looked up, a line a name: the name and its ids. All in native order.
_HEADER = Layout("=8sIIII32s8x")
_MAGIC = b"ebpf-btf"
_VERSION = 3
#: How many kernels' indexes are kept, and how many names in each: to read one back takes a microsecond.
MAX_KEPT, MAX_NAMES = 8, 500

_kernel: Btf | None = None
_modules: dict[str, Btf] = {}


def kernel_btf() -> Btf:
    """The types of the running kernel, read once per process. Raises NotSupported where it has none."""
    global _kernel
    if _kernel is None:
        path = f"{SYSFS}/vmlinux"
        try:
            data = _map(path)
        except OSError as error:
            raise NotSupported(
                "the kernel's own types",
                since=(5, 4),
                why=f"{path}: {error.strerror}",
                hint="the kernel must be built with CONFIG_DEBUG_INFO_BTF=y, or its types given as a file",
            ) from None
        _kernel = read_cached(data, build_id())
    return _kernel


def module_btf(name: str) -> Btf:
    """The types of a loaded module, on the kernel's. Raises NotSupported where there are none."""
    if name not in _modules:
        path = f"{SYSFS}/{name}"
        try:
            data = _read(path)
        except OSError as error:
            raise NotSupported(f"types of the module {name}", since=(5, 11), why=f"{path}: {error.strerror}") from None
        _modules[name] = Btf.parse(data, kernel_btf())
    return _modules[name]


def module_names() -> list[str]:
    """The loaded modules that have types, sorted."""
    try:
        return sorted(name for name in os.listdir(SYSFS) if name != "vmlinux")
    except OSError:
        return []


class Targets(Sequence[Btf]):
    """The kernel's types, then each module's: what CO-RE is relocated against. Modules are read when they are come to."""

    __slots__ = ("_names",)

    def __init__(self) -> None:
        self._names: list[str] | None = None

    def _modules(self) -> list[str]:
        if self._names is None:
            self._names = module_names()
        return self._names

    def __len__(self) -> int:
        return 1 + len(self._modules())

    def __getitem__(self, at: int) -> Btf:  # type: ignore[override]
        if at == 0:
            return kernel_btf()
        return module_btf(self._modules()[at - 1 if at > 0 else at])

    def __iter__(self) -> Iterator[Btf]:
        yield kernel_btf()
        for name in self._modules():
            try:
                yield module_btf(name)
            except (NotSupported, BtfError):
                # Unloaded meanwhile, or built against another kernel: it can't be what a program means.
                continue


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _map(path: str) -> bytes | mmap:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        from mmap import MAP_PRIVATE, PROT_READ, mmap  # not on Windows, where there is nothing to open either

        size = os.fstat(descriptor).st_size
        try:
            # Linux 6.16 and later; a length of 0 isn't taken.
            return mmap(descriptor, size, MAP_PRIVATE, PROT_READ)
        except (OSError, ValueError):
            with open(descriptor, "rb", closefd=False) as file:
                return file.read()
    finally:
        os.close(descriptor)


def build_id() -> str:
    """The running kernel's build id (hexadecimal), "" if it doesn't say."""
    try:
        notes = _read(NOTES)
    except OSError:
        return ""
    return find_build_id(notes)


def find_build_id(notes: bytes) -> str:
    """The build id among ELF notes (NT_GNU_BUILD_ID of "GNU"), hexadecimal; "" if there is none."""
    at = 0
    while at + 12 <= len(notes):
        name_size, size, kind = (int.from_bytes(notes[at + n : at + n + 4], sys.byteorder) for n in (0, 4, 8))
        start = at + 12 + (name_size + 3 & ~3)
        if kind == 3 and notes[at + 12 : at + 12 + name_size] == b"GNU\0":
            return notes[start : start + size].hex()
        at = start + (size + 3 & ~3)
    return ""


# The cache.


def cache_folder() -> str | None:
    """Where this user's cache is: `$XDG_CACHE_HOME/ebpf`, else `~/.cache/ebpf`. None if there is no safe place.

    Safe is a folder that belongs to this user and that nobody else can write; it is made so where it is missing.
    With another user's $HOME (`sudo -E`), the home of the user that this process runs as counts.
    """
    user = os.geteuid()
    root = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(root):
        folder = os.path.join(root, "ebpf")
    else:
        home = os.environ.get("HOME", "")
        if not os.path.isabs(home) or not _owned(home, user):
            import pwd

            try:
                home = pwd.getpwuid(user).pw_dir
            except KeyError:
                return None
        folder = os.path.join(home, ".cache", "ebpf")
    try:
        if not _is_safe(folder, user):
            if os.path.lexists(folder):
                return None
            os.makedirs(os.path.dirname(folder), exist_ok=True)
            os.mkdir(folder, 0o700)
            if not _is_safe(folder, user):
                return None
    except OSError:
        return None
    return folder


def _owned(path: str, user: int) -> bool:
    try:
        return os.stat(path).st_uid == user
    except OSError:
        return False


def _is_safe(folder: str, user: int) -> bool:
    try:
        status = os.stat(folder, follow_symlinks=False)
    except OSError:
        return False
    return status.st_mode & 0o170000 == 0o040000 and status.st_uid == user and not status.st_mode & 0o022


def read_cached(data: bytes | mmap, build: str) -> Btf:
    """BTF with its index from the cache; without one it is made, and kept when the process ends.

    `build` is the build id that `data` belongs to; "" is never kept. Raises BtfError as `Btf.parse` does.
    """
    folder = cache_folder() if build else None
    if folder is None:
        return Btf.parse(data)
    path = f"{folder}/btf-{build}.index"
    btf = _read_index(path, data, build)
    known = -1
    if btf is None:
        btf = Btf()
        btf._read_header(data, None)
    else:
        known = len(btf._found)
    import atexit

    atexit.register(_write_at_exit, btf, path, build, known, os.getpid())
    return btf


def _write_at_exit(btf: Btf, path: str, build: str, known: int, process: int) -> None:
    if known < min(len(btf._found), MAX_NAMES) and os.getpid() == process:
        write_index(btf, path, build)


def _read_index(path: str, data: bytes | mmap, build: str) -> Btf | None:
    from mmap import MAP_PRIVATE, PROT_READ, mmap

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or status.st_mode & 0o022 or status.st_size < _HEADER.size:
            return None
        index = memoryview(mmap(descriptor, status.st_size, MAP_PRIVATE, PROT_READ))
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)
    magic, version, size, count, check, kept = _HEADER.unpack_from(index)
    names = _HEADER.size + count * 4
    if (
        magic != _MAGIC
        or version != _VERSION
        or size != len(data)
        or kept.rstrip(b"\0").hex() != _key(build).hex()
        or len(index) < names
        or crc32(index[_HEADER.size :]) != check
    ):
        return None
    btf = Btf()
    btf._read_header(data, None)
    btf._offsets = index[_HEADER.size : names].cast("I")
    for line in bytes(index[names:]).decode("utf-8", "surrogateescape").splitlines():
        name, *ids = line.split(" ")
        btf._found[name] = [int(one) for one in ids]
    return btf


def _key(build: str) -> bytes:
    return bytes.fromhex(build)[:32].rstrip(b"\0")


def _prune(folder: str) -> None:
    """Keeps the newest indexes: each kernel build leaves one, of a megabyte."""
    found = [entry for entry in os.scandir(folder) if entry.name.startswith("btf-") and entry.name.endswith(".index")]
    found.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns, reverse=True)
    for entry in found[MAX_KEPT:]:
        os.unlink(entry.path)


def write_index(btf: Btf, path: str, build: str) -> bool:
    """Keeps the index of a BTF. Returns whether it could; a cache that can't be written is no error."""
    from array import array
    from itertools import islice

    names = ((name, ids) for name, ids in btf._found.items() if name.isidentifier())
    text = "".join(f"{name} {' '.join(map(str, ids))}".rstrip() + "\n" for name, ids in islice(names, MAX_NAMES))
    places = array("I", btf._offsets)
    body = places.tobytes() + text.encode()
    head = _HEADER.pack(_MAGIC, _VERSION, len(btf.raw), len(places), crc32(body), _key(build))
    temporary = f"{path}.{os.getpid()}"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(head + body)
            os.rename(temporary, path)
            _prune(os.path.dirname(path))
        except OSError:
            os.unlink(temporary)
            raise
    except OSError:
        return False
    return True
