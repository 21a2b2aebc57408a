"""Kernel functions for strings (Linux 6.17).

A string ends at its 0 byte and is at most 65535 bytes long, else -E2BIG. Where the program's memory ends before, that is -EFAULT;
an address where nothing of the kernel's could be (null, say) is -ERANGE. What counts bytes gives them from 0 on.
"""

from __future__ import annotations

from ebpf.errors import Fault
from ebpf.uapi.errno import E2BIG, EFAULT, ENOENT, ERANGE
from ebpf.vm.arithmetic import signed
from ebpf.vm.helpers.registry import kfunc
from ebpf.vm.memory import KERNEL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

#: XATTR_SIZE_MAX
_MOST = 1 << 16
#: As the kernel's tolower() has it: ISO 8859-1.
_LOWER = bytes(c + 32 if 65 <= c <= 90 or (192 <= c <= 222 and c != 215) else c for c in range(256))


class _Unreadable(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def _string(m: Machine, address: int) -> tuple[bytes, int]:
    """The bytes before the string's end, and 0 if it has one, else what reading on gives. Raises _Unreadable."""
    try:
        start, length, view = m.window(address, 1, False)
    except Fault:
        raise _Unreadable(-EFAULT if address >= KERNEL else -ERANGE) from None
    assert view is not None
    offset = address - start
    data = bytes(view[offset : min(length, offset + _MOST)])
    end = data.find(0)
    if end >= 0:
        return data[:end], 0
    return data, -E2BIG if len(data) == _MOST else -EFAULT


def _strings(m: Machine, *addresses: int) -> list[tuple[bytes, int]] | int:
    """`_string` of each, or the errno of the first that can't be read."""
    try:
        return [_string(m, address) for address in addresses]
    except _Unreadable as error:
        return error.status


def _compare(m: Machine, first: int, second: int, table: bytes | None) -> int:
    found = _strings(m, first, second)
    if isinstance(found, int):
        return found
    (a, a_end), (b, b_end) = ((data.translate(table), end) for data, end in found)
    shorter = min(len(a), len(b))
    if a[:shorter] != b[:shorter]:
        return -1 if a[:shorter] < b[:shorter] else 1
    # One ends here, or can't be read further; the first one is looked at first.
    if len(a) == shorter and a_end:
        return a_end
    if len(b) == shorter and b_end:
        return b_end
    return (len(a) > len(b)) - (len(a) < len(b))


@kfunc
def bpf_strcmp(m: Machine, first: int, second: int, r3: int, r4: int, r5: int) -> int:
    """-1, 0 or 1 as the first string comes before, is, or comes after the second."""
    return _compare(m, first, second, None)


@kfunc
def bpf_strcasecmp(m: Machine, first: int, second: int, r3: int, r4: int, r5: int) -> int:
    """As bpf_strcmp, capital letters (of ISO 8859-1) as small ones (Linux 6.18)."""
    return _compare(m, first, second, _LOWER)


@kfunc
def bpf_strnlen(m: Machine, text: int, count: int, r3: int, r4: int, r5: int) -> int:
    """The length of a string, at most `count`."""
    found = _strings(m, text) if count else [(b"", 0)]
    if isinstance(found, int):
        return found
    data, end = found[0]
    return count if count < _MOST and count <= len(data) else end or len(data)


@kfunc
def bpf_strlen(m: Machine, text: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return bpf_strnlen(m, text, _MOST, 0, 0, 0)


@kfunc
def bpf_strnchr(m: Machine, text: int, count: int, character: int, r4: int, r5: int) -> int:
    """Where a character is for the first time among the first `count` of a string (its 0 byte is one), or -ENOENT."""
    found = _strings(m, text)
    if isinstance(found, int):
        return found
    data, end = found[0]
    index = (data if end else data + b"\0")[:count].find(character & 0xFF)
    if index >= 0:
        return index
    return end if end and (count > len(data) or count >= _MOST) else -ENOENT


@kfunc
def bpf_strchr(m: Machine, text: int, character: int, r3: int, r4: int, r5: int) -> int:
    return bpf_strnchr(m, text, _MOST, character, 0, 0)


@kfunc
def bpf_strchrnul(m: Machine, text: int, character: int, r3: int, r4: int, r5: int) -> int:
    """Where a character is for the first time in a string, or the string's length."""
    found = _strings(m, text)
    if isinstance(found, int):
        return found
    data, end = found[0]
    index = data.find(character & 0xFF)
    return index if index >= 0 else end or len(data)


@kfunc
def bpf_strrchr(m: Machine, text: int, character: int, r3: int, r4: int, r5: int) -> int:
    """Where a character is for the last time in a string (its 0 byte is one), or -ENOENT."""
    found = _strings(m, text)
    if isinstance(found, int):
        return found
    data, end = found[0]
    wanted = signed(character, 32)
    if end:
        return end
    index = (data + b"\0").rfind(wanted) if 0 <= wanted < 256 else -1
    return index if index >= 0 else -ENOENT


def _span(m: Machine, text: int, those: int, *, among: bool) -> int:
    found = _strings(m, text, those)
    if isinstance(found, int):
        return found
    (data, end), (characters, characters_end) = found
    known = frozenset(characters)
    for index, character in enumerate(data):
        if character in known:
            if not among:
                return index
        elif characters_end:
            return characters_end
        elif among:
            return index
    return end or len(data)


@kfunc
def bpf_strspn(m: Machine, text: int, those: int, r3: int, r4: int, r5: int) -> int:
    """How many characters a string begins with that are in another one."""
    return _span(m, text, those, among=True)


@kfunc
def bpf_strcspn(m: Machine, text: int, those: int, r3: int, r4: int, r5: int) -> int:
    """How many characters a string begins with that are not in another one."""
    return _span(m, text, those, among=False)


@kfunc
def bpf_strnstr(m: Machine, text: int, part: int, count: int, r4: int, r5: int) -> int:
    """Where a string lies in the first `count` characters of another, or -ENOENT."""
    found = _strings(m, text, part)
    if isinstance(found, int):
        return found
    (data, end), (wanted, wanted_end) = found
    index = data[:count].find(wanted)
    if index >= 0:
        return wanted_end or index
    return end if end and (count > len(data) or count >= _MOST) else -ENOENT


@kfunc
def bpf_strstr(m: Machine, text: int, part: int, r3: int, r4: int, r5: int) -> int:
    return bpf_strnstr(m, text, part, _MOST, 0, 0)
