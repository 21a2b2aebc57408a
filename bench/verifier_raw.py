"""Runs the kernel's raw instruction tests (verifier/*.c of the BPF selftests) against `ebpf.verifier`, and the kernel.

    python bench/verifier_raw.py LINUX_SOURCE [--cache DIR] [--kernel]

Needs gcc and libbpf's headers: a small program prints the arrays as JSON. Tests that need BTF of their own (spin locks, timers,
kptrs, kfuncs, function infos) are left out. With --kernel the running kernel is asked where we disagree (as root).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from ebpf.errors import VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

DUMP = r"""
static void list(const char *name, int *at, int *first) {
	if (!*at) return;
	printf("%s\"%s\":[", *first ? "" : ",", name); *first = 0;
	for (int i = 0; i < MAX_FIXUPS && at[i]; i++) printf("%s%d", i ? "," : "", at[i]);
	printf("]");
}
static void text(const char *s) {
	putchar('"');
	for (; s && *s; s++) { if (*s == '"' || *s == '\\') putchar('\\'); if ((unsigned char)*s >= 32) putchar(*s); else putchar(' '); }
	putchar('"');
}
int main(void) {
	for (unsigned i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		struct bpf_test *t = &tests[i];
		struct bpf_insn *p = t->insns; int len, first = 1;
		if (t->fill_helper) { t->fill_insns = calloc(MAX_TEST_INSNS, sizeof(*p)); t->fill_helper(t); p = t->fill_insns; len = t->prog_len; }
		else len = t->prog_len ? t->prog_len : probe_filter_length(p);
		printf("{\"descr\":"); text(t->descr);
		printf(",\"result\":%d,\"unpriv\":%d,\"type\":%d,\"flags\":%d,\"attach\":%d,\"error\":", t->result, t->result_unpriv,
		       t->prog_type, t->flags, t->expected_attach_type);
		text(t->errstr);
		printf(",\"skip\":%d,\"maps\":{", t->fixup_kfunc_btf_id[0].kfunc || t->func_info_cnt || t->kfunc || t->btf_types[0] ||
		       *t->fixup_map_spin_lock || *t->fixup_map_timer || *t->fixup_map_kptr || *t->fixup_sk_storage_map);
#define L(x) list(#x, t->fixup_##x, &first)
		L(map_hash_8b); L(map_hash_48b); L(map_hash_16b); L(map_array_48b); L(map_sockmap); L(map_sockhash); L(map_xskmap);
		L(map_stacktrace); L(prog1); L(prog2); L(map_in_map); L(cgroup_storage); L(percpu_cgroup_storage); L(map_array_ro);
		L(map_array_wo); L(map_array_small); L(map_event_output); L(map_reuseport_array); L(map_ringbuf);
		printf("},\"code\":\"");
		for (int n = 0; n < len * 8; n++) printf("%02x", ((unsigned char *)p)[n]);
		printf("\"}\n");
		if (t->fill_insns) { free(t->fill_insns); t->fill_insns = 0; }
	}
}
"""
T = MapType
MAPS = {
    "map_hash_8b": MapSpec("map_hash_8b", T.HASH, 8, 8, 1), "map_hash_48b": MapSpec("map_hash_48b", T.HASH, 8, 48, 1),
    "map_hash_16b": MapSpec("map_hash_16b", T.HASH, 8, 16, 1), "map_array_48b": MapSpec("map_array_48b", T.ARRAY, 4, 48, 1),
    "map_sockmap": MapSpec("map_sockmap", T.SOCKMAP, 4, 4, 1), "map_sockhash": MapSpec("map_sockhash", T.SOCKHASH, 4, 4, 1),
    "map_xskmap": MapSpec("map_xskmap", T.XSKMAP, 4, 4, 1), "map_stacktrace": MapSpec("map_stacktrace", T.STACK_TRACE, 4, 8, 1),
    "prog1": MapSpec("prog1", T.PROG_ARRAY, 4, 4, 4), "prog2": MapSpec("prog2", T.PROG_ARRAY, 4, 4, 8),
    "map_in_map": MapSpec("map_in_map", T.ARRAY_OF_MAPS, 4, 4, 1, inner=MapSpec("inner", T.ARRAY, 4, 4, 1)),
    "cgroup_storage": MapSpec("cgroup_storage", T.CGROUP_STORAGE, 16, 64, 0),
    "percpu_cgroup_storage": MapSpec("percpu_cgroup_storage", T.PERCPU_CGROUP_STORAGE, 16, 64, 0),
    "map_array_ro": MapSpec("map_array_ro", T.ARRAY, 4, 48, 1, 0x80), "map_array_wo": MapSpec("map_array_wo", T.ARRAY, 4, 48, 1, 0x100),
    "map_array_small": MapSpec("map_array_small", T.ARRAY, 4, 1, 1),
    "map_event_output": MapSpec("map_event_output", T.PERF_EVENT_ARRAY, 4, 4, 1),
    "map_reuseport_array": MapSpec("map_reuseport_array", T.REUSEPORT_SOCKARRAY, 4, 8, 1),
    "map_ringbuf": MapSpec("map_ringbuf", T.RINGBUF, 0, 0, 4096),
}  # fmt: skip


def dump(tree: Path, cache: Path) -> list[dict[str, object]]:
    folder = tree / "tools/testing/selftests/bpf"
    source = (folder / "test_verifier.c").read_text()
    end = source.index("static bool can_execute") if "static bool can_execute" in source[:30000] else 0
    at = source.index("static int probe_filter_length")
    end = source.index("\n}\n", at) + 3
    (cache / "verifier").mkdir(parents=True, exist_ok=True)
    tests = sorted((folder / "verifier").glob("*.c"))
    (cache / "verifier/tests.h").write_text("".join(f'#include "{t}"\n' for t in tests))
    (cache / "dump.c").write_text(source[:end] + DUMP)
    command = [
        "gcc", "-O1", "-w", "-Du64=__u64", "-Du32=__u32", f"-I{cache}", f"-I{folder}", f"-I{tree}/tools/include/uapi", f"-I{tree}/tools/include", "-o",
        str(cache / "dump"), str(cache / "dump.c"), "-Wl,--unresolved-symbols=ignore-all",
    ]  # fmt: skip
    subprocess.run(command, check=True)
    out = subprocess.run([str(cache / "dump")], check=True, capture_output=True, text=True, errors="replace").stdout
    return [json.loads(line) for line in out.splitlines()]


def program_of(test: dict[str, object]) -> ProgramSpec:
    code = bytes.fromhex(str(test["code"]))
    maps = test["maps"]
    assert isinstance(maps, dict)
    references = []
    for name, slots in maps.items():
        for slot in slots:
            value = code[slot * 8 + 1] >> 4 in (2, 6)
            offset = int.from_bytes(code[slot * 8 + 12 : slot * 8 + 16], "little", signed=True) if value else 0
            references.append(Reference(slot, "map_value" if value else "map", name, offset))
    type_ = ProgType(int(str(test["type"])) or ProgType.SOCKET_FILTER)
    flags = 1 if int(str(test["flags"])) & 2 else 0
    attach = int(str(test["attach"]))
    return ProgramSpec(
        name="raw", type=type_, code=code, license="GPL", references=sorted(references, key=lambda r: r.slot), flags=flags,
        attach_type=AttachType(attach) if attach else None,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tree", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "ebpf" / "selftests-raw")
    parser.add_argument("--kernel", action="store_true")
    parser.add_argument("--limit", type=int, default=1_000_000, help="give a program up after so many instructions")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    counts = {True: [0, 0, 0, 0], False: [0, 0, 0, 0]}
    skipped = undecided = 0
    disagree: list[tuple[dict[str, object], str]] = []
    started = time.process_time()
    for test in dump(options.tree, options.cache):
        if test["skip"] or not test["code"]:
            skipped += 1
            continue
        program = program_of(test)
        for privileged, wanted in ((True, test["result"]), (False, test["unpriv"] or test["result"])):
            if not privileged and (
                program.type not in (ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB) or int(str(test["flags"])) & 4
            ):
                continue
            reason = ""
            try:
                verify(program, MAPS, privileged=privileged, max_processed=options.limit)
                taken = True
            except VerifierError as error:
                taken, reason = False, error.reason
                if options.limit < 1_000_000 and "too large" in reason:
                    undecided += 1
                    continue
            except Exception as error:
                taken, reason = wanted == 2, f"CRASH {type(error).__name__} {error}"
            counts[privileged][0] += 1
            if taken == (wanted != 2):
                counts[privileged][1] += 1
            else:
                counts[privileged][2 if taken else 3] += 1
                who = "" if privileged else "@unpriv"
                print(f"{'LAXER' if taken else 'stricter'} {test['descr']}{who}: {reason!r} {test['error']!r}"[:200])
                if privileged:
                    disagree.append((test, reason))
    for privileged, (count, agree, lax, strict) in counts.items():
        name = "privileged" if privileged else "unprivileged"
        print(f"{name}: {agree} of {count} agree ({100 * agree / max(count, 1):.1f} %), {lax} laxer, {strict} stricter")
    print(f"left out: {skipped}; given up: {undecided}; CPU time {time.process_time() - started:.1f} s")
    if options.kernel and disagree:
        sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "host"))
        from verifier_oracle import Oracle

        for test, reason in disagree:
            program = program_of(test)
            names = {r.name for r in program.references}
            try:
                with Oracle({n: MAPS[n] for n in names}) as oracle:
                    errno, log = oracle.ask(program, 1)
            except OSError as error:
                print("kernel", test["descr"], error)
                continue
            print(
                f"kernel {test['descr']}: {'takes it' if not errno else log.splitlines()[-2:-1]}; ours {reason!r}"[:220]
            )


if __name__ == "__main__":
    main()
