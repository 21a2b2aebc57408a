"""Instructions that stand where probes stand, done by the tracer instead of the CPU.

A thread at a breakpoint must execute the instruction that the breakpoint hides. To put it back for the moment of one step lets
other threads pass unseen; so the usual first instructions of functions (and the nop of a USDT probe) are done here, and
only others are stepped over. Flags are set as the CPU sets them (Intel SDM volume 1, 3.4.3).
"""

from __future__ import annotations

from ebpf.vm.arithmetic import M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[int, bytes], bool]

#: The number of a register in an x86 instruction → its index in `struct pt_regs`: rax rcx rdx rbx rsp rbp rsi rdi r8 … r15.
_X86 = (10, 11, 12, 5, 19, 4, 13, 14, 9, 8, 7, 6, 3, 2, 1, 0)
_IP, _FLAGS, _SP = 16, 18, 19
_CF, _PF, _AF, _ZF, _SF, _OF = 1, 4, 16, 64, 128, 2048
_STATUS = _CF | _PF | _AF | _ZF | _SF | _OF


def emulate(machine: str, code: bytes, values: list[int], write: Write) -> bool:
    """Does the instruction at the start of `code` to the registers in `values` and, by `write`, to memory. False, with nothing
    changed, if it is none that is known here."""
    return _x86_64(code, values, write) if machine == "x86_64" else _aarch64(code, values, write)


def _x86_64(code: bytes, values: list[int], write: Write) -> bool:
    at = 0
    if code[:4] in (b"\xf3\x0f\x1e\xfa", b"\xf3\x0f\x1e\xfb"):  # endbr64, endbr32
        return _next(values, 4)
    while at < 4 and code[at] == 0x66:
        at += 1
    rex = 0
    if code[at] & 0xF0 == 0x40:
        rex = code[at]
        at += 1
    opcode = code[at]
    at += 1
    if opcode == 0x90 and not rex & 1:  # nop, with any prefixes
        return _next(values, at)
    if opcode == 0x0F and code[at] == 0x1F:  # nop with an operand
        return _next(values, at + 1 + _operand_size(code[at + 1 :]))
    if at > (2 if rex else 1):
        return False  # 16-bit operands
    wide = rex & 8
    if opcode & 0xF8 == 0x50:  # push
        value = values[_X86[opcode & 7 | (rex & 1) << 3]]
        return _push(values, value, write) and _next(values, at)
    if opcode == 0xB8 | opcode & 7 and not wide:  # mov imm32, clears the upper half
        values[_X86[opcode & 7 | (rex & 1) << 3]] = int.from_bytes(code[at : at + 4], "little")
        return _next(values, at + 4)
    if opcode in (0xE9, 0xEB, 0xE8):  # jmp, call
        size = 1 if opcode == 0xEB else 4
        target = values[_IP] + at + size + int.from_bytes(code[at : at + size], "little", signed=True)
        if opcode == 0xE8 and not _push(values, values[_IP] + at + size, write):
            return False
        values[_IP] = target & M64
        return True
    if opcode in (0x89, 0x8B, 0x31, 0x33, 0x85):  # mov, xor, test between registers
        return code[at] >= 0xC0 and _between(opcode, code[at], rex, values) and _next(values, at + 1)
    if opcode in (0x83, 0x81) and rex & 0xF8 == 0x48 and code[at] == 0xEC and not rex & 1:  # sub imm, %rsp
        size = 1 if opcode == 0x83 else 4
        number = int.from_bytes(code[at + 1 : at + 1 + size], "little", signed=True) & M64
        before = values[_SP]
        values[_SP] = (before - number) & M64
        _flags_of_sub(values, before, number)
        return _next(values, at + 1 + size)
    return False


def _next(values: list[int], size: int) -> bool:
    values[_IP] = (values[_IP] + size) & M64
    return True


def _push(values: list[int], value: int, write: Write) -> bool:
    where = (values[_SP] - 8) & M64
    if not write(where, value.to_bytes(8, "little")):
        return False
    values[_SP] = where
    return True


def _between(opcode: int, modrm: int, rex: int, values: list[int]) -> bool:
    register, other = _X86[modrm >> 3 & 7 | (rex & 4) << 1], _X86[modrm & 7 | (rex & 1) << 3]
    mask = M64 if rex & 8 else 0xFFFF_FFFF
    if opcode == 0x89:
        values[other] = values[register] & mask
    elif opcode == 0x8B:
        values[register] = values[other] & mask
    else:
        left, right = values[register] & mask, values[other] & mask
        result = left & right if opcode == 0x85 else left ^ right
        if opcode == 0x31:
            values[other] = result
        elif opcode == 0x33:
            values[register] = result
        _set_flags(values, result, mask, 0)
    return True


def _set_flags(values: list[int], result: int, mask: int, more: int) -> None:
    sign = (mask >> 1) + 1
    flags = (_ZF if not result else 0) | (_SF if result & sign else 0)
    flags |= _PF if (result & 0xFF).bit_count() % 2 == 0 else 0
    values[_FLAGS] = values[_FLAGS] & ~_STATUS | flags | more


def _flags_of_sub(values: list[int], left: int, right: int) -> None:
    result = (left - right) & M64
    more = _CF if left < right else 0
    more |= _AF if (left & 15) < (right & 15) else 0
    more |= _OF if (left ^ right) & (left ^ result) & (1 << 63) else 0
    _set_flags(values, result, M64, more)


def _operand_size(code: bytes) -> int:
    """Bytes of a ModRM operand: itself, SIB and displacement."""
    mod, rm = code[0] >> 6, code[0] & 7
    if mod == 3:
        return 1
    sib = rm == 4
    displacement = (4 if rm == 5 or (sib and code[1] & 7 == 5) else 0, 1, 4)[mod]
    return 1 + sib + displacement


def _aarch64(code: bytes, values: list[int], write: Write) -> bool:
    word = int.from_bytes(code[:4], "little")
    pc, sp = 32, 31
    if word & 0xFFFF_F01F == 0xD503_201F and word >> 5 & 0x7F not in _AARCH64_AUTH:  # hints: nop, bti
        values[pc] += 4
        return True
    if word & 0xFFC0_0000 == 0xA980_0000 and word >> 5 & 31 == 31:  # stp xA, xB, [sp, #offset]!
        first, second = word & 31, word >> 10 & 31
        offset = word >> 15 & 0x7F
        where = (values[sp] + 8 * (offset - 128 if offset & 64 else offset)) & M64
        pair = b"".join((0 if number == 31 else values[number]).to_bytes(8, "little") for number in (first, second))
        if not write(where, pair):
            return False
        values[sp] = where
        values[pc] += 4
        return True
    if word & 0xFF80_03FF == 0xD100_03FF and word >> 22 & 1 == 0:  # sub sp, sp, #imm
        values[sp] = (values[sp] - (word >> 10 & 0xFFF)) & M64
        values[pc] += 4
        return True
    if word >> 26 == 0b000101:  # b
        offset = word & 0x3FF_FFFF
        values[pc] = (values[pc] + 4 * (offset - (1 << 26) if offset >> 25 else offset)) & M64
        return True
    return False


#: Hints that sign or check addresses (paciasp and its kin), which only the CPU can do.
_AARCH64_AUTH = frozenset([7, *range(8, 16), *range(24, 32)])
