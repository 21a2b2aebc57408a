"""Values for `extern … __kconfig`: how the kernel was configured, its version, what it can do.

The values are facts that a caller gives; `this_machine` reads those of the machine it runs on. Facts as libbpf has them:
CONFIG_… as in the kernel's .config, LINUX_KERNEL_VERSION as KERNEL_VERSION(a, b, c) makes it, LINUX_HAS_BPF_COOKIE and
LINUX_HAS_SYSCALL_WRAPPER as 0 or 1. A weak extern without a value is 0.
"""

from __future__ import annotations

from ebpf.btf import Array, Enum, Int
from ebpf.errors import ObjectError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from ebpf.btf import Btf
    from ebpf.spec import ObjectSpec, VariableSpec

MAP = ".kconfig"
#: Longer lines than this are no configuration.
MAX_LINE = 4096


def parse(text: str) -> dict[str, str]:
    """A .config file: CONFIG_NAME → its value as written ("y", "m", "250", "0x10", '"text"'). ObjectError names a bad line."""
    out: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.startswith("CONFIG_") or not value or len(line) > MAX_LINE:
            raise ObjectError(f"line {number} of the kernel's configuration is {line[:60]!r}, not CONFIG_NAME=value")
        out[name] = value
    return out


def version_code(release: str) -> int:
    """LINUX_KERNEL_VERSION of a release: "6.12.5-amd64" → 6 << 16 | 12 << 8 | 5. The last part counts up to 255."""
    numbers = []
    for part in release.split(".")[:3]:
        digits = ""
        for char in part:
            if not char.isdigit():
                break
            digits += char
        numbers.append(int(digits or 0))
        if digits != part:
            break
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major << 16 | minor << 8 | min(patch, 255)


def this_machine(names: list[str] | None = None) -> dict[str, str | int]:
    """The facts of the Linux this runs on, those of `names` at least; what can't be found is left out."""
    import os
    import sys

    if sys.platform != "linux":
        return {}
    uname = os.uname()
    version = version_code(uname.release)
    # The wrapper came with 4.17 (x86-64), 4.18 (s390) and 4.19 (arm64); cookies with 5.15 (perf events).
    wrapper = {"x86_64": 0x041100, "s390x": 0x041200, "aarch64": 0x041300}.get(uname.machine, 1 << 31)
    facts: dict[str, str | int] = {
        "LINUX_KERNEL_VERSION": version,
        "LINUX_HAS_BPF_COOKIE": int(version >= 0x050F00),
        "LINUX_HAS_SYSCALL_WRAPPER": int(version >= wrapper),
    }
    if names is None or any(name.startswith("CONFIG_") for name in names):
        facts.update(_configuration(uname.release))
    return facts


def _configuration(release: str) -> dict[str, str]:
    """This kernel's .config: /proc/config.gz (CONFIG_IKCONFIG_PROC), or what the distribution put into /boot."""
    for path in ("/proc/config.gz", f"/boot/config-{release}", f"/lib/modules/{release}/config"):
        try:
            with open(path, "rb") as file:  # pathlib costs a start 5 ms
                data = file.read()
        except OSError:
            continue
        return dict(parse(_text(data)))
    return {}


def given(
    spec: ObjectSpec,
    source: Mapping[str, str | int] | str | os.PathLike[str],
    engine: Mapping[str, str | int] | None = None,
) -> dict[str, str | int]:
    """The facts that a caller gives, by name or in a .config file (which may be gzipped), then those of the engine, and those of
    this machine for the names that these leave open. ObjectError for a file that can't be read."""
    facts: dict[str, str | int] = dict(engine or {})
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        try:
            with open(source, "rb") as file:
                facts.update(parse(_text(file.read())))
        except OSError as error:
            raise ObjectError(f"can't be read: {error.strerror or error}", path=str(source)) from error
    else:
        facts.update(source)
    unknown = []
    for variable in spec.variables.values():
        if variable.map != MAP:
            continue
        fact = facts.get(variable.name)
        if fact is None:
            unknown.append(variable.name)
        elif isinstance(fact, str) and fact[:1] != '"' and _is_text(spec.btf, variable.type_id):
            facts[variable.name] = f'"{fact}"'  # as a .config file has it
    return {**this_machine(unknown), **facts} if unknown else facts


def _is_text(btf: Btf | None, type_id: int) -> bool:
    return btf is not None and isinstance(btf.type(btf.resolve(type_id)), Array)


def _text(data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        import gzip
        import zlib

        try:
            data = gzip.decompress(data)
        except (EOFError, zlib.error) as error:
            raise OSError(f"it is broken: {error}") from error
    return data.decode(errors="replace")


def fill(spec: ObjectSpec, facts: Mapping[str, str | int] | None = None) -> None:
    """Gives `.kconfig` its value; does nothing if the object has none, or if it has a value already.

    Without `facts`, those of this machine are read. Raises ObjectError for a name that has no value and isn't weak, and for a
    value that doesn't fit its type.
    """
    target = spec.maps.get(MAP)
    if target is None or target.contents:
        return
    variables = [variable for variable in spec.variables.values() if variable.map == MAP]
    if facts is None:
        facts = this_machine([variable.name for variable in variables])
    value = bytearray(target.value_size)
    for variable in variables:
        fact = facts.get(variable.name)
        if fact is None:
            # What is off isn't in the configuration at all; libbpf asks that such names be weak, and so do we.
            if not variable.weak:
                raise ObjectError(
                    f"{variable.name} isn't known of this kernel; declare it __weak, or give its value", section=MAP
                )
            continue
        value[variable.offset : variable.offset + variable.size] = _encode(spec, variable, fact)
    target.contents = [(bytes(4), bytes(value))]


def _encode(spec: ObjectSpec, variable: VariableSpec, fact: str | int) -> bytes:
    btf = spec.btf
    assert btf is not None  # no extern without types
    bad = ObjectError(f"{variable.name} is {fact!r}, which {_c_type(btf, variable.type_id)} can't hold", section=MAP)
    found = btf.type(btf.resolve(variable.type_id))
    if isinstance(fact, bool):
        fact = "y" if fact else "n"
    text = str(fact)
    if isinstance(found, Array):
        element = btf.type(btf.resolve(found.type))
        if not (isinstance(element, Int) and element.size == 1 and text[:1] == '"'):
            raise bad
        # Too long a text is cut, as libbpf does; the last byte stays NUL.
        return text[1 : text.rfind('"')].encode()[: variable.size - 1].ljust(variable.size, b"\0")
    tristate = {"n": 0, "y": 1, "m": 2}.get(text)
    number: int
    if isinstance(found, Enum):  # enum libbpf_tristate
        if tristate is None:
            raise bad
        number = tristate
    elif isinstance(found, Int) and found.is_bool:
        if tristate is None and fact not in (0, 1):
            raise bad
        number = tristate if tristate is not None else int(fact)
        if number > 1:
            raise bad
    elif isinstance(found, Int) and tristate is not None:
        if found.size != 1:  # only a char can hold the letter
            raise bad
        number = ord(text)
    elif isinstance(found, Int):
        try:
            number = int(text, 0)
        except ValueError:
            raise bad from None
    else:
        raise bad
    try:
        return number.to_bytes(variable.size, spec.byte_order, signed=isinstance(found, Int) and found.signed)
    except OverflowError:
        raise bad from None


def _c_type(btf: Btf, type_id: int) -> str:
    found = btf.type(btf.resolve(type_id))
    if isinstance(found, Array):
        return f"an array of {found.nelems}"
    return f"enum {found.name}" if isinstance(found, Enum) else found.name or found.kind.label
