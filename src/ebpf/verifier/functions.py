"""Functions of the program: calls, returns, the program's end, and how deep they go."""

from __future__ import annotations

from ebpf.uapi.flags import MAX_BPF_STACK, MAX_CALL_FRAMES
from ebpf.verifier import equal, globals_
from ebpf.verifier.messages import Refusal, not_readable
from ebpf.verifier.regs import NOT_INIT, SCALAR, STACK, UNINIT, Reg, kind_name
from ebpf.verifier.rules import private_stack, return_range, returns_int
from ebpf.verifier.scalar import S64_MAX, S64_MIN, UNKNOWN
from ebpf.verifier.state import Frame, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier


def enter(v: Verifier, state: State, subprog: int, callsite: int) -> Frame:
    number = len(state.frames)
    if number >= MAX_CALL_FRAMES:
        raise Refusal("stack-size", f"the call stack of {number + 1} frames is too deep")
    frame = v.new_frame(number, subprog, callsite)
    state.frames.append(frame)
    return frame


def call(v: Verifier, i: int) -> Step:
    flow = v.flow
    index = flow.at[i + flow.imm[i] + 1]
    function = flow.functions[index]
    if function.is_global:
        return _global_call(v, i, index)

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if state.held and state.lock() is not None and not v.capable:
            raise Refusal("lock", "function calls are not allowed while holding a lock")
        caller = v.frames[-1]
        callee = enter(v, state, index, i)
        callee.regs[1:6] = caller.regs[1:6]
        caller.regs[0:6] = [UNINIT] * 6
        v.regs = callee.regs
        function.called = True
        return function.start

    return step


def _global_call(v: Verifier, i: int, index: int) -> Step:
    function = v.flow.functions[index]

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if state.lock() is not None:
            raise Refusal(
                "lock", "global function calls are not allowed while holding a lock,\nuse static function instead"
            )
        if function.might_sleep and (state.preempt or state.irq or state.rcu or not v.may_sleep()):
            raise Refusal(
                "rcu",
                "global functions that may sleep are not allowed in non-sleepable context,\n"
                "i.e., in a RCU/IRQ/preempt-disabled section, or in\na non-sleepable BPF program context",
                required="a sleepable program, outside of such sections",
            )
        globals_.check_call(v, index)
        function.called = True
        if function.changes_packet:
            v.forget_packets()
        regs = v.regs
        regs[0] = UNKNOWN.reg
        regs[1:6] = [UNINIT] * 5
        return i + 1

    return step


def leave(v: Verifier) -> int:
    """The end of a function, or of the program."""
    v.jumps += 1
    state = v.state
    frames = state.frames
    if len(frames) == 1:
        v.check_nothing_held("BPF_EXIT instruction in main prog")
        check_return(v, 0)
        return -1
    callee = frames[-1]
    r0 = callee.regs[0]
    if r0.type == STACK:
        raise Refusal("pointer-leak", "cannot return stack pointer to the caller", register=0, value=r0)
    if callee.in_callback:
        if r0.type != SCALAR:
            if r0.type == NOT_INIT:
                raise not_readable(0)
            raise Refusal("return", "R0 not a scalar value", register=0, value=r0)
        v.mark_precise(0)
        low, high = callee.return_range
        if not (low <= r0.s.smin and r0.s.smax <= high):
            raise _bad_return(r0, low, high, "At callback return", 0)
    frames.pop()
    v.regs = frames[-1].regs
    if not callee.in_callback:
        v.regs[0] = r0
        return callee.callsite + 1
    before = v.checkpoints.behind(state, callee.callsite)
    if before is not None:
        equal.widen(v, before, state)
    return callee.callsite


def _bad_return(reg: Reg, low: int, high: int, where: str, regno: int) -> Refusal:
    s = reg.s
    least = f"smin={s.smin}" if s.smin > S64_MIN else ""
    most = f"smax={s.smax}" if s.smax < S64_MAX else ""
    known = f"{least} {most}".strip() or "unknown scalar value"
    return Refusal(
        "return", f"{where} the register R{regno} has {known} should have been in [{low}, {high}]",
        register=regno, value=reg, required=f"a value from {low} to {high}",
    )  # fmt: skip


def check_return(v: Verifier, regno: int) -> None:
    """Whether the program (or what is checked by itself) may return what is in the register."""
    frame = v.state.frames[0]
    main = frame.subprog == 0 or frame.in_exception
    wanted = return_range(v) if main else None
    if main and not frame.in_async and wanted == "void":
        return
    reg = v.regs[regno]
    if reg.type == NOT_INIT:
        raise not_readable(regno)
    if v.is_pointer(reg):
        raise Refusal("pointer-leak", f"R{regno} leaks addr as return value", register=regno, value=reg)
    where = "At program exit"
    if frame.in_async:
        where, wanted = "At async callback return", (0, 0)
    elif not main:
        if reg.type != SCALAR:
            raise Refusal(
                "return", f"At subprogram exit the register R{regno} is not a scalar value ({kind_name(reg.type)})",
                register=regno, value=reg, required="a number",
            )  # fmt: skip
        return
    if wanted is None or isinstance(wanted, str):
        return
    if reg.type != SCALAR:
        raise Refusal(
            "return", f"{where} the register R{regno} is not a known value ({kind_name(reg.type)})",
            register=regno, value=reg, required=f"a number from {wanted[0]} to {wanted[1]}",
        )  # fmt: skip
    v.mark_precise(regno)
    # A hook of the LSM returns an int: what the upper half of R0 holds is not asked (`w0 = -1` leaves it 0).
    low, high = (reg.s.s32min, reg.s.s32max) if returns_int(v) and not frame.in_async else (reg.s.smin, reg.s.smax)
    if not (wanted[0] <= low and high <= wanted[1]):
        raise _bad_return(reg, wanted[0], wanted[1], where, regno)


def check_stack_depths(v: Verifier) -> None:
    """No chain of calls uses more than 512 bytes of stack or 8 frames. Programs with a private stack count each function
    alone, and only those of the types that can run inside themselves have one."""
    functions = v.flow.functions
    adaptive = private_stack(v)

    def rounded(depth: int) -> int:
        # The kernel compiles what it verifies: without an interpreter to care for, 16 bytes are the grain.
        return (depth + 15) & ~15

    def visit(index: int, depth: int, chain: list[int], tail: bool) -> None:
        function = functions[index]
        if function.throws and any(functions[n].callback for n in [*chain, index]):
            raise Refusal(
                "exception",
                f"bpf_throw kfunc (insn {function.throws[0]}) cannot be called from callback subprog {index}",
                slot=function.throws[0],
            )
        tail = tail or function.has_tail_call
        if tail and any(functions[n].exception_callback for n in [*chain, index]):
            raise Refusal("exception", "cannot tail call within exception cb", slot=function.start)
        if function.has_ld_abs and any(functions[n].callback for n in [*chain, index]):
            raise Refusal("helper", "cannot use BPF_LD_[ABS|IND] within callback", slot=function.start)
        if index and function.has_tail_call and depth >= 256:
            raise Refusal(
                "stack-size",
                f"tail_calls are not allowed when call stack of previous frames is {depth} bytes. Too large",
                slot=function.start,
            )
        own = rounded(function.depth)
        if adaptive and own >= 64:
            if own > MAX_BPF_STACK:
                raise Refusal("stack-size", f"stack size of subprog {index} is {own}. Too large", slot=function.start)
        else:
            depth += own
            if depth > MAX_BPF_STACK:
                raise Refusal(
                    "stack-size",
                    f"combined stack size of {len(chain) + 1} calls is {depth}. Too large",
                    slot=function.start,
                )
        for slot, callee, direct in function.calls:
            if functions[callee].async_callback or functions[callee].exception_callback:
                if not direct:
                    continue
                if functions[callee].exception_callback:
                    raise Refusal("exception", f"insn {slot} cannot call exception cb directly", slot=slot)
            if len(chain) + 1 >= MAX_CALL_FRAMES:
                raise Refusal("stack-size", f"the call stack of {len(chain) + 1} frames is too deep !", slot=slot)
            visit(callee, depth, [*chain, index], tail)

    visit(0, 0, [], False)
    for function in functions:
        if (function.async_callback or function.exception_callback) and function.index:
            visit(function.index, 0, [], False)
