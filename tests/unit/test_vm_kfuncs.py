"""Kernel functions in the vm, by the interpreter and as machine code."""

from __future__ import annotations

import importlib.util
import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import kfunc_programs as programs
import pytest

import ebpf
from compiling import compiled
from ebpf.asm import Instruction, encode
from ebpf.errors import Fault
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_F_MMAPABLE
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.helpers.kfuncs import KFUNCS
from ebpf.vm.task import SelfTask

LEVELS = [None, 0] if importlib.util.find_spec("llvmlite") else [None]


def load(source: str, **options: Any) -> ebpf.Object:
    return ebpf.load(compiled(source), engine=VmEngine(jit=False, **options))


@pytest.fixture(params=LEVELS, ids=["interpreter", "machine code"][: len(LEVELS)])
def level(request: pytest.FixtureRequest) -> Any:
    return request.param


def made(obj: ebpf.Object, level: int | None) -> ebpf.Object:
    if level is not None:
        for program in obj.programs.values():
            program.raw.compile(level)  # type: ignore[attr-defined]
    return obj


@pytest.fixture(scope="module")
def strings() -> Iterator[ebpf.Object]:
    with load(programs.STRINGS) as obj:
        yield obj


@pytest.mark.parametrize("case", programs.STRING_CASES, ids=programs.STRING_IDS)
def test_strings(case: tuple[str, bytes, bytes, int, int, int, int], strings: ebpf.Object, level: int | None) -> None:
    assert programs.string(made(strings, level), case) == case[-1]


ENDLESS = (
    programs.STRINGS.split("char a[24]")[0]
    + """
ARRAY(small, 1, char[8])
ARRAY(large, 1, char[70000])
int result[40];
SEC("syscall") int endless(void *ctx) {
  int i = 0, zero = 0;
  char *s = bpf_map_lookup_elem(&small, &zero), *l = bpf_map_lookup_elem(&large, &zero), one[4] = "b", many[4] = "aa";
  if (!s || !l) return 1;
  out(bpf_strlen(s)); out(bpf_strnlen(s, 8)); out(bpf_strnlen(s, 9)); out(bpf_strchr(s, 'a')); out(bpf_strchr(s, 'b'));
  out(bpf_strnchr(s, 8, 'b')); out(bpf_strchrnul(s, 'b')); out(bpf_strrchr(s, 'a')); out(bpf_strcmp(s, s));
  out(bpf_strcmp(s, one));
  out(bpf_strcmp(many, s)); out(bpf_strspn(s, one)); out(bpf_strspn(s, many)); out(bpf_strspn(one, s)); out(bpf_strcspn(s, one));
  out(bpf_strcspn(many, s)); out(bpf_strstr(s, many)); out(bpf_strstr(s, one)); out(bpf_strnstr(s, one, 8));
  out(bpf_strstr(many, s));
  out(bpf_strlen(l)); out(bpf_strnlen(l, 100)); out(bpf_strchr(l, 'b')); out(bpf_strchrnul(l, 'b')); out(bpf_strrchr(l, 'b'));
  out(bpf_strcmp(l, l)); out(bpf_strspn(l, many)); out(bpf_strcspn(l, one)); out(bpf_strstr(l, one)); out(bpf_strstr(l, l));
  out(bpf_strlen((void *)0xffff800000000000)); out(-100);
  return 0;
}
"""
)
ENDLESS_RESULTS = [-14, 8, -14, 0, -14, -2, -14, -14, -14, -1, -1, 0, -14, -14, -14, 0, 0, -14, -2, -2,
                   -7, 100, -7, -7, -7, -7, -7, -7, -7, -7, -14, -100]  # fmt: skip


def test_strings_without_an_end(level: int | None) -> None:
    """Memory that ends before the string does (-EFAULT), and more than 65535 bytes of it (-E2BIG)."""
    with load(ENDLESS) as obj:
        obj.maps["small"][0] = b"a" * 8
        obj.maps["large"][0] = b"a" * 70000
        assert programs.results(made(obj, level), "endless")[: len(ENDLESS_RESULTS)] == ENDLESS_RESULTS


@pytest.mark.parametrize("cpus", [2, 70])
def test_masks_of_cpus(cpus: int, level: int | None) -> None:
    with load(programs.MASKS, cpus=cpus) as obj:
        assert programs.results(made(obj, level), "masks")[: len(programs.MASK_RESULTS)] == programs.MASK_RESULTS
        assert not obj.engine.objects.blocks  # type: ignore[attr-defined]


def test_a_mask_from_bytes(level: int | None) -> None:
    """CPUs that aren't there are left out; fewer bytes than the CPUs need are refused."""
    body = """
    SEC("syscall") int populate(void *ctx) {
      struct bpf_cpumask *a = bpf_cpumask_create(); int i = 0;
      if (!a) return 1;
      for (int k = 0; k < 16; k++) words[k] = ~0ULL;
      words[0] = 0xf0;
      out(bpf_cpumask_populate((void *)a, words, 8)); out(bpf_cpumask_populate((void *)a, words, 16));
      out(bpf_cpumask_weight(m(a))); out(bpf_cpumask_first(m(a)));
      bpf_cpumask_release(a);
      return 0; }
    SEC("syscall") int twice(void *ctx) {
      struct bpf_cpumask *a = bpf_cpumask_create();
      if (!a) return 1;
      bpf_cpumask_release(a); bpf_cpumask_release(a); return 0; }
    """
    with load(programs.MASKS + body, cpus=70) as obj:
        assert programs.results(made(obj, level), "populate")[:4] == [-13, 0, 10, 4]
        with pytest.raises(Fault, match="no mask to give back"):
            obj.programs["twice"].run(context=b"")


class User(SelfTask):
    """A task with a little memory."""

    ADDRESS, TEXT = 0x10000, b"user's text\0"

    def read_memory(self, address: int, size: int) -> bytes:
        offset = address - self.ADDRESS
        if not offset >= 0 or offset + size > 4096:
            raise OSError
        return self.TEXT.ljust(4096, b"\0")[offset : offset + size]


def test_dynptrs_and_locks(level: int | None) -> None:
    with load(programs.OTHERS + programs.USER) as obj:
        made(obj, level)
        assert programs.results(obj, "locks")[:3] == [7, 8, -1]
        assert programs.results(obj, "dynptrs")[: len(programs.DYNPTR_RESULTS)] == programs.DYNPTR_RESULTS
        assert bytes(obj.variables["text"].value) == programs.DYNPTR_TEXT
        obj.engine.task = User()  # type: ignore[attr-defined]
        obj.variables["user"].value = User.ADDRESS
        assert programs.results(obj, "strings")[:7] == programs.USER_RESULTS
        text_now = bytes(obj.variables["text"].value)
        assert (text_now[:12], text_now[16:]) == programs.USER_TEXT


LATER = (
    programs.HEAD
    + """
struct bpf_res_spin_lock { __u32 val; };
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
extern int bpf_wq_init(struct bpf_wq *wq, void *map, unsigned int flags) __ksym;
extern int bpf_wq_set_callback_impl(struct bpf_wq *wq, int (*callback)(void *map, int *key, void *value), unsigned int flags,
                                    void *aux) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
extern void bpf_throw(__u64 cookie) __ksym;
extern void *bpf_percpu_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_percpu_obj_drop_impl(void *object, void *meta) __ksym;
extern int bpf_stream_vprintk_impl(int stream, const char *text, const void *data, __u32 size, void *aux) __ksym;
extern void *bpf_task_acquire(void *task) __ksym;
extern void bpf_task_release(void *task) __ksym;
extern void *bpf_task_from_pid(int pid) __ksym;
extern long bpf_task_under_cgroup(void *task, void *cgroup) __ksym;
extern void *bpf_cgroup_from_id(__u64 id) __ksym;
extern int bpf_send_signal_task(void *task, int number, int type, __u64 value) __ksym;
extern int bpf_xdp_pull_data(struct xdp_md *ctx, __u32 size) __ksym;
extern int bpf_xdp_metadata_rx_timestamp(const struct xdp_md *ctx, __u64 *stamp) __ksym;
struct value { struct bpf_wq work; int number; };
ARRAY(works, 2, struct value)
struct { __uint(type, BPF_MAP_TYPE_ARENA); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 8); } arena SEC(".maps");
extern void *bpf_arena_alloc_pages(void *map, void *address, __u32 pages, int node, __u64 flags) __ksym;
extern int bpf_arena_reserve_pages(void *map, void *address, __u32 pages) __ksym;
extern void bpf_arena_free_pages(void *map, void *address, __u32 pages) __ksym;
struct item { __u64 number; __u32 other; };
struct bpf_res_spin_lock lock;
int result[40]; __u64 pid, cgroup; volatile int cpu;

SEC("syscall") int deadlock(void *ctx) {
  int i = 0;
  out(bpf_res_spin_lock(&lock)); out(bpf_res_spin_lock(&lock));
  bpf_res_spin_unlock(&lock);
  out(bpf_res_spin_lock(&lock)); return 0; }  // the engine gives it back
SEC("syscall") int unlocked(void *ctx) { bpf_res_spin_unlock(&lock); return 0; }

static int work(void *map, int *key, void *value) { ((struct value *)value)->number += 10 + *key; return 0; }
SEC("syscall") int queue(void *ctx) {
  int i = 0, key = 1;
  struct value *one = bpf_map_lookup_elem(&works, &key);
  if (!one) return 1;
  out(bpf_wq_start(&one->work, 0)); out(bpf_wq_init(&one->work, &works, 1)); out(bpf_wq_init(&one->work, &works, 0));
  out(bpf_wq_init(&one->work, &works, 0)); out(bpf_wq_start(&one->work, 0));
  out(bpf_wq_set_callback_impl(&one->work, work, 1, 0));
  out(bpf_wq_set_callback_impl(&one->work, work, 0, 0)); out(bpf_wq_start(&one->work, 1)); out(bpf_wq_start(&one->work, 0));
  return 0; }

static __attribute__((noinline)) int deeper(int number) { if (number > 2) bpf_throw(number * 100); return number; }
SEC("syscall") int thrown(void *ctx) { return deeper(cpu) + 1; }
__attribute__((used)) int handler(__u64 cookie) { return cookie + 7; }
SEC("syscall") __attribute__((btf_decl_tag("exception_callback:handler"))) int caught(void *ctx) { return deeper(cpu) + 1; }

SEC("syscall") int percpu(void *ctx) {
  int i = 0;
  struct item *all = bpf_percpu_obj_new_impl(bpf_core_type_id_local(struct item), 0), *mine, *other;
  if (!all) return 1;
  mine = bpf_this_cpu_ptr(all); other = bpf_per_cpu_ptr(all, 1);
  out(mine != 0); out(other != 0); out(bpf_per_cpu_ptr(all, bpf_get_smp_processor_id()) == mine);
  out(bpf_per_cpu_ptr(all, 2) == 0);
  if (!mine || !other) return 2;
  mine->number = 5; other->number = 6; out(mine->number); out(other->number); out((long)other - (long)mine);
  bpf_percpu_obj_drop_impl(all, 0);
  out(bpf_this_cpu_ptr(all) == 0);
  return 0; }

SEC("syscall") int arenas(void *ctx) {
  int i = 0;
  char *base = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0);
  if (!base) return 1;
  out(bpf_arena_reserve_pages(&arena, base, 1)); out(bpf_arena_reserve_pages(&arena, base + 4096, 2));
  out(bpf_arena_reserve_pages(&arena, base + 4096, 1)); out(bpf_arena_reserve_pages(&arena, base + 4096 * 7, 2));
  out(bpf_arena_reserve_pages(&arena, base - 4096, 1)); out(bpf_arena_reserve_pages(&arena, base + 5 * 4096 + 1, 1));
  char *next = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0);
  out((__u64)(next - base) / 4096); bpf_arena_free_pages(&arena, base + 4096, 2);
  next = bpf_arena_alloc_pages(&arena, 0, 2, -1, 0); out((__u64)(next - base) / 4096);
  return 0; }

SEC("syscall") int tasks(void *ctx) {
  int i = 0;
  void *task = bpf_task_from_pid(pid), *same, *group;
  if (!task) return 1;
  same = bpf_task_acquire(task); out(same == task); out(task == (void *)bpf_get_current_task_btf());
  out(bpf_task_from_pid(-1) == 0);
  group = bpf_cgroup_from_id(cgroup); out(bpf_task_under_cgroup(task, group) == (cgroup != 0));
  out(bpf_cgroup_from_id(cgroup + 1) == 0);
  out(bpf_send_signal_task(task, 10, 5, 0)); out(bpf_send_signal_task(task, 100, 0, 0));
  out(bpf_send_signal_task(task, 10, 1, 0));
  bpf_task_release(same); bpf_task_release(task);
  return 0; }

SEC("syscall") int prints(void *ctx) {
  static const char text[] = "%d and %d"; __u64 values[2] = {3, 4}; int i = 0;
  out(bpf_stream_vprintk_impl(1, text, values, 16, 0)); out(bpf_stream_vprintk_impl(3, text, values, 16, 0));
  out(bpf_stream_vprintk_impl(1, text, values, 12, 0));
  return 0; }

SEC("xdp") int packet(struct xdp_md *ctx) {
  __u64 stamp; int i = 0;
  out(bpf_xdp_pull_data(ctx, 64)); out(bpf_xdp_pull_data(ctx, 65)); out(bpf_xdp_metadata_rx_timestamp(ctx, &stamp));
  return 2; }
"""
)


@pytest.fixture
def later(level: int | None) -> Iterator[ebpf.Object]:
    with load(LATER, cpus=2) as obj:
        yield made(obj, level)


def test_a_lock_that_would_wait_for_itself(later: ebpf.Object) -> None:
    for _ in range(2):
        assert programs.results(later, "deadlock")[:3] == [0, -35, 0]
    with pytest.raises(Fault, match="not taken"):
        later.programs["unlocked"].run(context=b"")


def test_work_for_later(later: ebpf.Object) -> None:
    assert programs.results(later, "queue")[:9] == [-22, -22, 0, -16, -22, -22, 0, -22, 0]
    deadline = time.monotonic() + 60
    while later.maps["works"][1].number != 11:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_exceptions(later: ebpf.Object) -> None:
    for cpu, thrown, caught in ((2, 3, 3), (3, 300, 307), (4, 400, 407)):
        later.variables["cpu"].value = cpu
        assert later.programs["thrown"].run(context=b"").retval == thrown
        assert later.programs["caught"].run(context=b"").retval == caught


def test_a_trap() -> None:
    """As clang 22 puts it where a program must not get."""
    code = encode([Instruction(op.JMP | op.CALL, src=2), Instruction(op.JMP | op.EXIT)])
    spec = ProgramSpec("p", ProgType.XDP, code, references=[Reference(0, "kfunc", "__bpf_trap", weak=True)])
    with pytest.raises(Fault, match="__bpf_trap"):
        VmEngine(jit=False).load_program(spec, {}).run(bytes(64))


def test_an_object_for_each_cpu(later: ebpf.Object) -> None:
    assert programs.results(later, "percpu")[:8] == [1, 1, 1, 1, 5, 6, 16, 1]
    assert not later.engine.objects.blocks  # type: ignore[attr-defined]


def test_pages_that_nobody_is_given(later: ebpf.Object) -> None:
    assert programs.results(later, "arenas")[:8] == [-16, 0, -16, -22, -22, -22, 3, 1]


def test_tasks_and_cgroups(later: ebpf.Object) -> None:
    task = later.engine.task  # type: ignore[attr-defined]
    later.variables["pid"].value = task.pid
    later.variables["cgroup"].value = getattr(task, "cgroup_id", 0)
    assert programs.results(later, "tasks")[:8] == [1, 1, 1, 1, 1, -22, -22, -1]


def test_streams(later: ebpf.Object) -> None:
    assert programs.results(later, "prints")[:3] == [0, -2, -22]
    assert list(later.engine.trace_lines) == [b"3 and 4"]  # type: ignore[attr-defined]


def test_packets_of_xdp(later: ebpf.Object) -> None:
    assert later.programs["packet"].run(bytes(64)).retval == 2
    assert [int(value) for value in later.variables["result"].value][:3] == [0, -22, -95]


@pytest.mark.parametrize("seed", range(4))
def test_random_calls_end_in_a_result_or_a_fault(seed: int, level: int | None) -> None:
    """Every kernel function, with pointers to all that a program has, numbers and nonsense; nothing else gets out."""
    pure = random.Random(seed)
    engine = VmEngine(jit=False, budget=20_000, cpus=3)
    map_ = engine.create_map(MapSpec("m", MapType.ARRAY, 4, 64, 2))
    arena = engine.create_map(MapSpec("arena", MapType.ARENA, 0, 0, 4, BPF_F_MMAPABLE))
    ends = Counter[str]()
    for _ in range(60):
        code: list[Instruction] = [Instruction(op.ALU64 | op.MOV | op.X, 6, 1), Instruction(op.ALU64 | op.MOV, 7)]
        references = []
        for place in range(-64, 0, 8):
            code.append(
                Instruction(op.ST | op.MEM | op.DW, 10, 0, place, pure.choice((0, 1, 2, 0x10000008, -1, 0x61626300)))
            )

        def slot(code: list[Instruction] = code) -> int:
            return sum(insn.slots for insn in code)

        for _ in range(pure.randrange(1, 7)):
            for reg in range(1, 6):
                what = pure.randrange(9)
                if what == 0:
                    code.append(Instruction(op.ALU64 | op.MOV | op.X, reg, 6))
                elif what in (1, 2, 3):
                    code.append(Instruction(op.ALU64 | op.MOV | op.X, reg, 10))
                    code.append(Instruction(op.ALU64 | op.ADD, reg, imm=-8 * pure.randrange(9)))
                elif what == 4:
                    code.append(Instruction(op.ALU64 | op.MOV | op.X, reg, 7))  # what the last one gave
                elif what in (5, 6):
                    name = "m" if what == 5 else pure.choice(("m", "arena"))
                    references.append(Reference(slot(), "map_value" if what == 5 else "map", name))
                    code.append(Instruction(op.LDDW, reg, 2 if what == 5 else 1))
                else:
                    code.append(
                        Instruction(
                            op.LDDW, reg, imm=pure.choice((0, 1, 2, 8, 64, 1 << 20, 1 << 32, pure.getrandbits(64)))
                        )
                    )
            references.append(Reference(slot(), "kfunc", pure.choice(sorted(KFUNCS))))
            code += [Instruction(op.JMP | op.CALL, src=2), Instruction(op.ALU64 | op.MOV | op.X, 7, 0)]
        code.append(Instruction(op.JMP | op.EXIT))
        spec = ProgramSpec("p", pure.choice((ProgType.XDP, ProgType.SCHED_CLS)), encode(code), references=references)
        program = engine.load_program(spec, {"m": map_, "arena": arena})
        if level is not None:
            program.compile(level)
        try:
            program.run(bytes(64))
            ends["result"] += 1
        except Fault:
            ends["fault"] += 1
        program.close()
    engine.close()
    assert ends["result"] > 3 and ends["fault"] > 3
