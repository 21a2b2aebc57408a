"""Helpers that do more than take and give: callbacks, now or later, and the few with rules of their own."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.verifier import dynptrs, objects
from ebpf.verifier.arguments import Meta
from ebpf.verifier.formats import check_format
from ebpf.verifier.functions import enter
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import CONST_MAP, MAP_KEY, MAP_VALUE, MapInfo, Reg, is_null, kind_name
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.state import Frame, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.verifier.core import Verifier


def push_callback(v: Verifier, i: int, subprog: int, fill: Callable[[Frame], None]) -> None:
    """Another path, that runs the callback once more; it comes back to the call."""
    function = v.flow.functions[subprog]
    function.callback = True
    queued = v.push_branch(function.start, i)
    callee = enter(v, queued, subprog, i)
    fill(callee)
    callee.in_callback = True
    queued.callback_unroll += 1
    queued.frames[-2].callback_depth += 1
    v.frames[-1].callback_depth = 0


def _push_async(v: Verifier, i: int, subprog: int, fill: Callable[[Frame], None], sleepable: bool) -> None:
    """A callback that runs later, by itself."""
    function = v.flow.functions[subprog]
    function.callback = function.async_callback = True
    frame = v.new_frame(0, subprog, -1)
    state = State([frame])
    state.in_async = True
    state.sleepable = sleepable
    state.first = function.start
    frame.async_count = v.frames[-1].async_count + 1
    fill(frame)
    frame.in_async = True
    v.put_off(state, function.start, i, " for async cb")


def _tail_call(v: Verifier, meta: Meta, i: int) -> None:
    v.check_nothing_held("tail_call")


def _local_storage(v: Verifier, meta: Meta, i: int) -> None:
    if not is_null(v.regs[2]):
        raise Refusal("argument", "get_local_storage() doesn't support non-zero flags", register=2, value=v.regs[2])
    v.mark_precise(2)


def _for_each(v: Verifier, meta: Meta, i: int) -> None:
    caller = v.frames[-1]
    info = meta.map
    assert info is not None

    def fill(callee: Frame) -> None:
        if info.spec.type.name not in ("ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH"):
            raise Refusal("map-kind", "callback function not allowed for map")
        map_reg = caller.regs[1]
        callee.regs[1] = map_reg
        callee.regs[2] = Reg(MAP_KEY, aux=info, uid=map_reg.uid)
        callee.regs[3] = Reg(MAP_VALUE, aux=info, uid=map_reg.uid)
        callee.regs[4] = caller.regs[3]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)


def _loop(v: Verifier, meta: Meta, i: int) -> None:
    v.mark_precise(1)
    caller = v.frames[-1]
    if caller.callback_depth < v.regs[1].s.umax:

        def fill(callee: Frame) -> None:
            callee.regs[1] = UNKNOWN.reg
            callee.regs[2] = caller.regs[3]
            callee.return_range = (0, 1)

        push_callback(v, i, meta.subprog, fill)
    else:
        caller.callback_depth = 0


def _find_vma(v: Verifier, meta: Meta, i: int) -> None:
    caller = v.frames[-1]

    def fill(callee: Frame) -> None:
        callee.regs[1] = caller.regs[1]
        callee.regs[2] = objects.pointer_to(v, "vm_area_struct", 0)
        callee.regs[3] = caller.regs[4]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)


def _drain(v: Verifier, meta: Meta, i: int) -> None:
    caller = v.frames[-1]

    def fill(callee: Frame) -> None:
        callee.regs[1] = dynptrs.callback_argument(v)
        callee.regs[2] = caller.regs[3]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)


def push_of_map(v: Verifier, i: int, subprog: int, sleepable: bool) -> None:
    """A callback of a timer or a workqueue, which register 1 points to: it is given the map, the key and the value."""
    info, uid = v.regs[1].aux, v.regs[1].uid

    def fill(callee: Frame) -> None:
        callee.regs[1] = Reg(CONST_MAP, aux=info, uid=uid)
        callee.regs[2] = Reg(MAP_KEY, aux=info, uid=uid)
        callee.regs[3] = Reg(MAP_VALUE, aux=info, uid=uid)
        callee.return_range = (0, 0)

    _push_async(v, i, subprog, fill, sleepable)


def _timer_callback(v: Verifier, meta: Meta, i: int) -> None:
    push_of_map(v, i, meta.subprog, False)


def _snprintf(v: Verifier, meta: Meta, i: int) -> None:
    reg, length = v.regs[3], v.regs[5]
    if length.s.const is None:
        count = length.s.value // 8
    else:
        count = length.s.const // 8
        if length.s.const % 8:
            raise Refusal(
                "argument", "the size of bpf_snprintf() data must be a multiple of 8", register=5, value=length
            )
    info = reg.aux
    assert isinstance(info, MapInfo) and info.frozen_bytes is not None and reg.s.const is not None
    text = info.frozen_bytes[reg.off + reg.s.const :].split(b"\0")[0]
    if not check_format(text, count):
        raise Refusal("argument", "Invalid format string", register=3, value=reg)


def _from_memory(v: Verifier, meta: Meta, i: int) -> None:
    if v.regs[1].type != MAP_VALUE:
        raise Refusal(
            "dynptr", f"Unsupported reg type {kind_name(v.regs[1].type)} for bpf_dynptr_from_mem data",
            register=1, value=v.regs[1],
        )  # fmt: skip


def _dynptr_data(v: Verifier, meta: Meta, i: int) -> None:
    meta.dynptr_id, meta.ref = dynptrs.identity(v, v.regs[1])


def _dynptr_write(v: Verifier, meta: Meta, i: int) -> None:
    if dynptrs.kind_of(v, v.regs[1]) == "skb":
        v.forget_packets()


#: Helper → what a call of it does beyond its prototype.
EXTRAS: dict[int, Callable[[Verifier, Meta, int], None]] = {
    IDS[name]: extra
    for name, extra in {
        "tail_call": _tail_call, "get_local_storage": _local_storage, "for_each_map_elem": _for_each, "loop": _loop,
        "find_vma": _find_vma, "user_ringbuf_drain": _drain, "timer_set_callback": _timer_callback, "snprintf": _snprintf,
        "dynptr_from_mem": _from_memory, "dynptr_data": _dynptr_data, "dynptr_write": _dynptr_write,
    }.items()
}  # fmt: skip


def check_kept(v: Verifier) -> None:
    """Linux takes out what no path came to. Where that is a callback whose address is still loaded (bpf_loop() of no turns, say),
    the load points to whatever comes to stand in its place, and compiling fails if no function starts there; a program that is
    left with its main function only is compiled without looking."""
    flow, visits = v.flow, v.visits
    if sum(1 for function in flow.functions if visits[function.start]) < 2:
        return
    for i in range(flow.count):
        if not visits[i] or not flow.is_pseudo_func(i):
            continue
        target = i + flow.imm[i] + 1
        if visits[target]:
            continue
        after = _place_after_removal(v, target)
        if after >= flow.count or flow.functions[flow.owner[after]].start != after:
            name = flow.functions[flow.at[target]].name or f"at {target}"
            raise Refusal(
                "call",
                f"verifier bug: No program to jit at insn {i} (subprog < 0)",
                slot=i,
                required=f"a path on which the callback {name} runs; Linux removes a function that never does",
            )


def _place_after_removal(v: Verifier, target: int) -> int:
    """The slot that comes to stand where the function at `target`, which is never reached, was; behind the last: none does."""
    flow, visits = v.flow, v.visits
    live = bytearray(1 if n else 0 for n in visits) + b"\0"
    for i in range(flow.count):
        if flow.code[i] == op.LDDW and live[i]:
            live[i + 1] = 1

    def run(at: int) -> int:
        """The end of the slots from `at` that are all reached, or all not."""
        end = at
        while end < flow.count and live[end] == live[at]:
            end += 1
        return end

    # The address is kept as a distance: what is removed behind it moves it, what it lies in does not.
    beyond = target - (live.rfind(1, 0, target) + 1)
    at = run(target)
    while at < flow.count:
        end = run(at)
        if beyond < end - at:
            return at + beyond
        beyond -= end - at
        at, end = end, run(end)
        if beyond >= end - at:
            beyond -= end - at
        at = end
    return flow.count
