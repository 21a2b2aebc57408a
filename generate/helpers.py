"""Writes src/ebpf/uapi/helper_rows.py from a Linux source tree:  python generate/helpers.py LINUX [OUT]

What is read, and taken as fact:
- `include/uapi/linux/bpf.h`: ids, and the C prototypes in the comment that describes the helpers;
- every `struct bpf_func_proto` (kernel/bpf, kernel/trace, net, drivers/media/rc): what the verifier asks of a call;
- the `*_func_proto` functions that pick one of them for a program: they are interpreted here, for every program type,
  attach type and both values of `sleepable`, with every option compiled in and every capability held.

The first kernel of each helper is not in the tree: it is kept by hand in src/ebpf/uapi/helpers.py.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType

SOURCES = ("kernel", "net", "drivers/media/rc", "drivers/hid/bpf")

#: Program type → the function of its verifier_ops that picks a proto; by include/linux/bpf_types.h and the `*_verifier_ops`.
#: STRUCT_OPS stands for tcp_congestion_ops, which adds to what every struct_ops has. EXT has what its target has.
PICKERS = {
    ProgType.SOCKET_FILTER: "sk_filter_func_proto",
    ProgType.KPROBE: "kprobe_prog_func_proto",
    ProgType.SCHED_CLS: "tc_cls_act_func_proto",
    ProgType.SCHED_ACT: "tc_cls_act_func_proto",
    ProgType.TRACEPOINT: "tp_prog_func_proto",
    ProgType.XDP: "xdp_func_proto",
    ProgType.PERF_EVENT: "pe_prog_func_proto",
    ProgType.CGROUP_SKB: "cg_skb_func_proto",
    ProgType.CGROUP_SOCK: "sock_filter_func_proto",
    ProgType.LWT_IN: "lwt_in_func_proto",
    ProgType.LWT_OUT: "lwt_out_func_proto",
    ProgType.LWT_XMIT: "lwt_xmit_func_proto",
    ProgType.SOCK_OPS: "sock_ops_func_proto",
    ProgType.SK_SKB: "sk_skb_func_proto",
    ProgType.CGROUP_DEVICE: "cgroup_dev_func_proto",
    ProgType.SK_MSG: "sk_msg_func_proto",
    ProgType.RAW_TRACEPOINT: "raw_tp_prog_func_proto",
    ProgType.CGROUP_SOCK_ADDR: "sock_addr_func_proto",
    ProgType.LWT_SEG6LOCAL: "lwt_seg6local_func_proto",
    ProgType.LIRC_MODE2: "lirc_mode2_func_proto",
    ProgType.SK_REUSEPORT: "sk_reuseport_func_proto",
    ProgType.FLOW_DISSECTOR: "flow_dissector_func_proto",
    ProgType.CGROUP_SYSCTL: "sysctl_func_proto",
    ProgType.RAW_TRACEPOINT_WRITABLE: "raw_tp_prog_func_proto",
    ProgType.CGROUP_SOCKOPT: "cg_sockopt_func_proto",
    ProgType.TRACING: "tracing_prog_func_proto",
    ProgType.STRUCT_OPS: "bpf_tcp_ca_get_func_proto",
    ProgType.LSM: "bpf_lsm_func_proto",
    ProgType.SK_LOOKUP: "sk_lookup_func_proto",
    ProgType.SYSCALL: "syscall_prog_func_proto",
    ProgType.NETFILTER: "bpf_nf_func_proto",
}

#: Program type → the attach types that its programs may be loaded for, where the choice of protos may look at them.
#: "-" is a program loaded with none. For the kernel that is 0, and 0 is CGROUP_INET_INGRESS.
ATTACH = {
    ProgType.KPROBE: ("-", "TRACE_KPROBE_MULTI", "TRACE_KPROBE_SESSION", "TRACE_UPROBE_MULTI", "TRACE_UPROBE_SESSION"),
    ProgType.TRACING: ("TRACE_RAW_TP", "TRACE_FENTRY", "TRACE_FEXIT", "MODIFY_RETURN", "TRACE_ITER"),
    ProgType.LSM: ("LSM_MAC", "LSM_CGROUP"),
    ProgType.CGROUP_SKB: ("CGROUP_INET_INGRESS", "CGROUP_INET_EGRESS"),
    ProgType.CGROUP_SOCK: (
        "CGROUP_INET_SOCK_CREATE", "CGROUP_INET_SOCK_RELEASE", "CGROUP_INET4_POST_BIND", "CGROUP_INET6_POST_BIND",
    ),
    ProgType.CGROUP_SOCK_ADDR: tuple(
        t.name
        for t in AttachType
        if re.fullmatch(r"CGROUP_(INET[46]_(BIND|CONNECT|GET\w+NAME)|UDP[46]_\w+MSG|UNIX_\w+)", t.name)
    ),
    ProgType.SOCK_OPS: ("CGROUP_SOCK_OPS",),
    ProgType.CGROUP_DEVICE: ("-", "CGROUP_DEVICE"),
    ProgType.CGROUP_SYSCTL: ("-", "CGROUP_SYSCTL"),
    ProgType.CGROUP_SOCKOPT: ("CGROUP_GETSOCKOPT", "CGROUP_SETSOCKOPT"),
}  # fmt: skip

#: An attach type newer than the tree → the one whose rules it has (Linux 6.13 extended the test for uprobe multi).
SAME_AS = {"TRACE_UPROBE_SESSION": "TRACE_UPROBE_MULTI", "-": "CGROUP_INET_INGRESS"}

#: What kernels after 6.12 allow beside what the tree says: helper → (proto, programs). "*@6.16" is every program type that
#: has no rule for the helper yet. Found by asking Linux 6.18 about every helper in every program type that loads
#: without a target (tests/host/test_helper_table.py asks again).
LATER = {
    "copy_from_user": ("copy_from_user", "*@6.16"),
    "copy_from_user_task": ("copy_from_user_task", "*@6.16"),
    "current_task_under_cgroup": ("current_task_under_cgroup", "*@6.16"),
    "find_vma": ("find_vma", "*@6.16"),
    "get_branch_snapshot": ("get_branch_snapshot", "*@6.16"),
    "get_cgroup_classid": ("get_cgroup_classid_curr", "*@6.16"),
    "get_current_comm": ("get_current_comm", "*@6.16"),
    "get_current_uid_gid": ("get_current_uid_gid", "*@6.16"),
    "get_task_stack": ("get_task_stack", "*@6.16"),
    "perf_event_read": ("perf_event_read", "*@6.16"),
    "perf_event_read_value": ("perf_event_read_value", "*@6.16"),
    "send_signal": ("send_signal", "*@6.16"),
    "send_signal_thread": ("send_signal_thread", "*@6.16"),
    "task_storage_delete": ("task_storage_delete_recur", "*@6.16"),
    "task_storage_get": ("task_storage_get_recur", "*@6.16"),
    "get_netns_cookie": (
        "get_netns_cookie_sock_addr", "SOCKET_FILTER@6.15 SCHED_CLS@6.15 SCHED_ACT@6.15 CGROUP_SKB@6.15",
    ),
    "skb_pull_data": ("skb_pull_data", "LWT_SEG6LOCAL@6.18"),
}  # fmt: skip

SIZES = {"s64": 8, "u64": 8, "u32": 4, "struct iphdr": 20, "struct ipv6hdr": 40, "struct tcphdr": 20}

#: A type in the kernel's prototype → what user space knows it as.
USER_TYPES = {
    "struct sk_buff": "struct __sk_buff",
    "struct sk_msg_buff": "struct sk_msg_md",
    "struct xdp_buff": "struct xdp_md",
    "struct bpf_map": "void",
    "size_t": "unsigned long",
} | {t: "__" + t for t in ("u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64")}


class Tree:
    """The parts of the source that are read: protos, pickers, and BTF id lists."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.protos: dict[str, dict[str, str]] = {}
        self.functions: dict[str, list[Any]] = {}
        self.btf: dict[str, list[str]] = {}
        for folder in SOURCES:
            for path in sorted((root / folder).rglob("*.c")):
                text = path.read_text(errors="replace")
                if re.search(r"bpf_func_proto|BTF_ID_LIST|bpf_prog_has_trampoline", text):
                    self._read(clean(text), path)
        header = clean((root / "include/linux/bpf_verifier.h").read_text())
        self._functions(header, "bpf_verifier.h")
        sock_ids = (root / "include/linux/btf_ids.h").read_text()
        self.btf["btf_sock_ids"] = re.findall(r"BTF_SOCK_TYPE\(BTF_SOCK_TYPE_\w+, (\w+)\)", sock_ids)
        self.sock_names = re.findall(r"BTF_SOCK_TYPE\((BTF_SOCK_TYPE_\w+), \w+\)", sock_ids)
        self.btf["btf_tracing_ids"] = re.findall(r"BTF_TRACING_TYPE\(BTF_TRACING_TYPE_\w+, (\w+)\)", sock_ids)
        self.tracing_names = re.findall(r"BTF_TRACING_TYPE\((BTF_TRACING_TYPE_\w+), \w+\)", sock_ids)

    def _read(self, text: str, path: Path) -> None:
        for match in re.finditer(r"const struct bpf_func_proto (\w+)\s*(?:__weak\s*)?=\s*\{(.*?)\n\}", text, re.S):
            fields = re.findall(r"\.(\w+)\s*=\s*([^,]+),", match[2] + ",")
            self.protos[match[1]] = {name: " ".join(value.split()) for name, value in fields}
        for match in re.finditer(r"BTF_ID_LIST_(?:GLOBAL_)?SINGLE\((\w+), struct, (\w+)\)", text):
            self.btf[match[1]] = [match[2]]
        for match in re.finditer(r"BTF_ID_LIST(?:_GLOBAL)?\((\w+)(?:, \w+)?\)\s*((?:BTF_ID\(struct, \w+\)\s*)+)", text):
            self.btf[match[1]] = re.findall(r"BTF_ID\(struct, (\w+)\)", match[2])
        self._functions(text, path.name)

    def _functions(self, text: str, file: str) -> None:
        pattern = (
            r"^(?:[\w \*]*?)\b(\w*func_proto|bpf_get_\w+_proto|bpf_prog_has_trampoline|bpf_prog_check_recur|is_\w+_multi)"
            r"\s*\(([^)]*)\)\s*\{"
        )
        for match in re.finditer(pattern, text, re.M):
            if match[1] == "tracing_prog_func_proto" and file == "syscall.c":
                continue  # the weak one, for kernels without tracing
            if "static inline" in match[0] and file == "bpf.h":
                continue
            end = text.index("\n}", match.end()) + 2
            names = [part.split()[-1].lstrip("*") for part in match[2].split(",") if part.strip() not in ("", "void")]
            self.functions[match[1]] = [names, text[match.end() - 1 : end]]

    def struct_of(self, value: str) -> str:
        """The struct that a `&some_btf_ids[index]` stands for; empty if the verifier fills it in."""
        match = re.fullmatch(r"&?(\w+)(?:\[(\w+)\])?", value)
        assert match, value
        if match[1] not in self.btf:
            # Set when the kernel starts, or (BPF_PTR_POISON) by the verifier.
            assert match[1] in ("BPF_PTR_POISON", "tcp_sock_id"), value
            return "tcp_sock" if match[1] == "tcp_sock_id" else ""
        index = match[2] or "0"
        for names in (self.sock_names, self.tracing_names):
            if index in names:
                index = str(names.index(index))
        return self.btf[match[1]][int(index)]


def clean(text: str) -> str:
    """Without comments; every #if taken, every #else left out."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"//.*", "", text)
    out, stack = [], []
    for line in text.replace("\\\n", " ").split("\n"):
        word = line.strip().replace("# ", "#")
        if word.startswith("#if"):
            stack.append(not word.startswith("#if 0"))
        elif word.startswith(("#else", "#elif")):
            stack[-1] = False
        elif word.startswith("#endif"):
            stack.pop()
        elif not word.startswith("#") and all(stack):
            out.append(line)
    return "\n".join(out)


# --- An interpreter for the pickers: switch, if, return, assignment, calls. ------------------------------------------


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Broke(Exception):
    pass


class Names(dict[str, Any]):
    """An unknown name stands for itself: enumerators are compared as text."""

    def __missing__(self, name: str) -> str:
        return name


class Thing:
    """A C struct whose every other member is a Thing."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __getattr__(self, name: str) -> Any:
        return Thing()


def expression(source: str) -> str:
    source = " ".join(source.split())
    depth = 0
    for i, char in enumerate(source):
        depth += (char == "(") - (char == ")")
        if char == "?" and not depth:
            then, _, other = source[i + 1 :].partition(" : ")
            return f"(({expression(then)}) if ({expression(source[:i])}) else ({expression(other)}))"
    source = re.sub(r"offsetof\([^)]*\)", "0", source)
    source = re.sub(r"&(?=\w)", "", source.replace("&&", " and ").replace("||", " or "))
    source = re.sub(r"!(?!=)", " not ", source).replace("->", ".")
    return source.strip()


class Interpreter:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.codes: dict[str, Any] = {}
        self.parsed: dict[str, tuple[list[str], list[Any]]] = {}
        self.builtin = {
            "NULL": None, "true": True, "false": False,
            "bpf_token_capable": lambda *_: True,
            "capable": lambda *_: True,
            "security_locked_down": lambda *_: 0,
            "schedule_work": lambda *_: None,
            "prog_ops_moff": lambda *_: 1,
            "btf_id_set_contains": lambda *_: True,
            "resolve_prog_type": lambda prog: prog.type,
            "bpf_get_skb_set_tunnel_proto": lambda func: {
                "BPF_FUNC_skb_set_tunnel_key": "bpf_skb_set_tunnel_key_proto",
                "BPF_FUNC_skb_set_tunnel_opt": "bpf_skb_set_tunnel_opt_proto",
            }[func],
            # Which target an iterator has is not known here; what any target adds is allowed.
            "bpf_iter_get_func_proto": lambda *args: self.call("bpf_iter_tcp_get_func_proto", *args),
        }  # fmt: skip

    def call(self, name: str, *args: Any) -> Any:
        if name not in self.parsed:
            names, body = self.tree.functions[name]
            self.parsed[name] = names, Parser(body).block()
        names, body = self.parsed[name]
        local = Names(self.builtin)
        for other in self.tree.functions:
            if other not in self.builtin:
                local[other] = lambda *a, _name=other: self.call(_name, *a)
        local.update(zip(names, args, strict=True))
        try:
            self.run(body, local)
        except Returned as returned:
            return returned.value
        return None

    def value(self, source: str, local: Names) -> Any:
        code = self.codes.get(source)
        if code is None:
            code = self.codes[source] = compile(expression(source), "picker", "eval")
        return eval(code, {"__builtins__": {}}, local)

    def run(self, statements: list[Any], local: Names) -> None:
        for statement in statements:
            kind = statement[0]
            if kind == "return":
                raise Returned(self.value(statement[1], local))
            if kind == "set":
                local[statement[1]] = self.value(statement[2], local)
            elif kind == "if":
                self.run(statement[2] if self.value(statement[1], local) else statement[3], local)
            elif kind == "break":
                raise Broke
            elif kind == "switch":
                value = self.value(statement[1], local)
                body = statement[2]
                labels = [i for i, s in enumerate(body) if s == ("case", value)]
                labels = labels or [i for i, s in enumerate(body) if s == ("default",)]
                if labels:
                    try:
                        self.run([s for s in body[labels[0] :] if s[0] not in ("case", "default")], local)
                    except Broke:
                        pass


class Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _take(self, pattern: str) -> re.Match[str] | None:
        self._skip()
        match = re.compile(pattern).match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def _bracketed(self) -> str:
        self._skip()
        assert self.text[self.at] == "("
        depth, start = 0, self.at
        while True:
            depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
            self.at += 1
            if not depth:
                return self.text[start + 1 : self.at - 1]

    def block(self) -> list[Any]:
        assert self._take(r"\{")
        out = []
        while not self._take(r"\}"):
            out += self.statement()
        return out

    def statement(self) -> list[Any]:
        self._skip()
        if self.text[self.at] == "{":
            return self.block()
        if self._take(r"switch\b"):
            return [("switch", self._bracketed(), self.block())]
        if self._take(r"if\b"):
            test, then = self._bracketed(), self.statement()
            return [("if", test, then, self.statement() if self._take(r"else\b") else [])]
        if match := self._take(r"case\s+(\w+)\s*:"):
            return [("case", match[1])]
        if self._take(r"default\s*:"):
            return [("default",)]
        if self._take(r"break\s*;"):
            return [("break",)]
        if match := self._take(r"return\b([^;]*);"):
            return [("return", match[1])]
        if match := self._take(r"(?:[\w \*]*?[ \*])?(\w+)\s*=(?!=)\s*([^;]*);"):
            return [("set", match[1], match[2])]
        match = self._take(r"[^;]*;")
        assert match, self.text[self.at :]
        return []


# --- The rows --------------------------------------------------------------------------------------------------------


def prototypes(header: str) -> dict[str, str]:
    """Helper name → C prototype in user space's types."""
    start = header.index("Start of BPF helper function descriptions")
    text = re.sub(r"\n \* ?", "\n", header[start : header.index("*/", start)])
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for match in re.finditer(r"^([a-z][\w ]*?[ \*]+)bpf_(\w+)\(([^)]*)\)$", text, re.M):
        found[match[2]].append((match[1], " ".join(match[3].split())))
    out = {}
    for name, shapes in found.items():
        result, params = shapes[0]
        if len(shapes) > 1:  # overloads differ in the first parameter
            params = ", ".join(["void *ctx", *params.split(", ")[1:]])
        shown = f"{result}bpf_{name}({params})"
        for kernel, user in USER_TYPES.items():
            shown = re.sub(rf"\b{kernel}\b", user, shown)
        out[name] = shown
    return out


def argument(tree: Tree, fields: dict[str, str], number: int) -> str:
    kind = fields.get(f"arg{number}_type", "ARG_DONTCARE")
    size, btf = fields.get(f"arg{number}_size", ""), fields.get(f"arg{number}_btf_id", "")
    kind = kind.replace(" ", "")
    if size:
        kind += f":{SIZES[size.removeprefix('sizeof(').removesuffix(')')]}"
    if btf and (name := tree.struct_of(btf)):
        kind += f"@{name}"
    return kind


def proto_row(tree: Tree, fields: dict[str, str]) -> tuple[str, str, str]:
    flags = [f for f in ("gpl_only", "pkt_access", "might_sleep", "allow_fastcall") if fields.get(f) == "true"]
    if "allowed" in fields:
        flags.append("allowed=" + fields["allowed"])
    ret = fields.get("ret_type", "RET_INTEGER").replace(" ", "")  # the first of the enum
    if "ret_btf_id" in fields and (name := tree.struct_of(fields["ret_btf_id"])):
        ret += f"@{name}"
    args = [argument(tree, fields, n) for n in range(1, 6)]
    while args and args[-1] == "ARG_DONTCARE":
        args.pop()
    return " ".join(flags), ret, " ".join(args)


def rules(interpreter: Interpreter, helper: str) -> dict[str, list[str]]:
    """Proto → the programs it serves: "XDP", "TRACING:TRACE_ITER", "KPROBE:-,TRACE_KPROBE_MULTI+sleepable"."""
    out: dict[str, list[str]] = defaultdict(list)
    for prog_type, picker in PICKERS.items():
        by_sleep: list[dict[str, list[str]]] = []
        attach_types = ATTACH.get(prog_type, ())
        for sleepable in (False, True):
            found: dict[str, list[str]] = defaultdict(list)
            for attach in attach_types or ("-",):
                prog = Thing(
                    type=f"BPF_PROG_TYPE_{prog_type.name}",
                    expected_attach_type="BPF_" + SAME_AS.get(attach, attach),
                    sleepable=sleepable,
                )
                proto = interpreter.call(picker, f"BPF_FUNC_{helper}", prog)
                if proto:
                    found[proto].append(attach)
            by_sleep.append(found)
        for found, suffix in (
            [(by_sleep[0], "")]
            if by_sleep[0] == by_sleep[1]
            else list(zip(by_sleep, ("-sleepable", "+sleepable"), strict=True))
        ):
            for proto, attaches in found.items():
                every = len(attaches) == len(attach_types or ("-",))
                out[proto].append(prog_type.name + ("" if every else ":" + ",".join(attaches)) + suffix)
    return out


def programs(served: list[str]) -> str:
    """Rules as one word list; "*" is every type but those marked "!"."""
    plain = {rule for rule in served if rule.isidentifier()}
    if len(plain) <= len(PICKERS) // 2:
        return " ".join(served)
    missing = ["!" + t.name for t in PICKERS if t.name not in plain]
    return " ".join(["*", *missing, *(rule for rule in served if rule not in plain)])


def short(proto: str) -> str:
    """The kernel's name of a proto without `bpf_` and `_proto`."""
    return re.sub(r"_proto(?=_|$)", "", proto.removeprefix("bpf_"))


def main(root: Path, out: Path) -> None:
    tree = Tree(root)
    header = (root / "include/uapi/linux/bpf.h").read_text()
    ids = re.findall(r"\tFN\((\w+), (\d+), ##ctx\)", header)
    names = [name for name, _ in ids]
    assert [int(number) for _, number in ids] == list(range(len(ids))) and names[0] == "unspec"
    shapes = prototypes(header)
    interpreter = Interpreter(tree)
    used: dict[str, str] = {}
    rows = []
    for name in names[1:]:
        found = rules(interpreter, name)
        for proto in found:
            assert used.setdefault(short(proto), proto) == proto, proto
        alone = {f"bpf_{name}_proto"} & set(tree.protos) if not found else set()
        for proto in alone:
            used[short(proto)] = proto
        served = {short(p): programs(r) for p, r in found.items()} or {short(p): "" for p in alone}
        if name in LATER:
            proto, more = LATER[name]
            served[proto] = f"{served.get(proto, '')} {more}".strip()
        rows.append((name, shapes[name], served))
    lines = [
        f'"""What Linux {root.name.rpartition("-")[2]} says of each helper.',
        "",
        "Written by generate/helpers.py: change that, not this. `helpers` reads it, on first use, and says what it means.",
        '"""',
        "",
        "# ruff: noqa: E501",
        "# fmt: off",
        "",
        "from __future__ import annotations",
        "",
        "#: Proto → (flags, what it returns, what it takes). `:8` is a fixed size in bytes, `@struct` a kernel type.",
        "PROTOS: dict[str, tuple[str, str, str]] = {",
        *(f"    {quoted(key)}: {quoted(proto_row(tree, tree.protos[used[key]]))}," for key in sorted(used)),
        "}",
        "",
        "#: By id, from 1: (C prototype, proto → the programs that get it).",
        "ROWS: tuple[tuple[str, dict[str, str]], ...] = (",
        *(
            f"    ({quoted(shape)}, {quoted(served)}),  # {number} {name}"
            for number, (name, shape, served) in enumerate(rows, 1)
        ),
        ")",
        "",
    ]
    out.write_text("\n".join(lines))
    print(f"{out}: {len(rows)} helpers, {len(used)} protos")


def quoted(value: object) -> str:
    return repr(value).replace("'", '"')


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[1] / "src/ebpf/uapi/helper_rows.py"),
    )
