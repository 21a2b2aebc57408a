"""The twenty refusals of docs/refusals.md, and `ebpf verify` on them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from compiled import compiled

from ebpf import elf
from ebpf.cli.main import group
from ebpf.errors import VerifierError
from ebpf.explain import KINDS, words
from ebpf.spec import ObjectSpec
from ebpf.verifier import verify

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "tests/bpf/refused/refused.bpf.c"
PAGE = ROOT / "docs/refusals.md"

#: Program → (kind, what the C line says).
REFUSED = {
    "map_value_not_tested": ("map-value-null", "return value[0];"),
    "packet_not_bounded": ("packet-bounds", "return data[12];"),
    "packet_bounded_too_short": ("packet-bounds", "return data[23];"),
    "packet_after_it_moved": ("packet-moved", "return data[0];"),
    "array_index_not_bounded": ("unbounded", "return (*value)[ctx->rx_queue_index];"),
    "index_bounded_above_only": ("unbounded", "return value[index];"),
    "stack_index_not_bounded": ("stack-bounds", "return buffer[index];"),
    "register_not_initialised": ("uninitialised", "asm volatile"),
    "loop_without_end": ("loop", ""),
    "record_not_submitted": ("reference-leak", "}"),
    "record_used_after_submit": ("released", "*record = 1;"),
    "socket_not_released": ("reference-leak", "return sk ? 1 : 0;"),
    "context_field_not_there": ("context", "ctx + 64"),
    "context_written": ("context", "skb->len = 0;"),
    "number_as_pointer": ("not-pointer", "ctx[2]"),
    "helper_of_another_type": ("helper", "bpf_skb_load_bytes"),
    "wrong_return_value": ("return", "return skb->len;"),
    "context_pointer_moved": ("pointer-arithmetic", "ctx + offset"),
    "stack_too_deep": ("stack-size", ""),
    "call_under_lock": ("lock", "bpf_ktime_get_ns"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("refused"), SOURCE)


@pytest.fixture(scope="module")
def spec(path: Path) -> ObjectSpec:
    return elf.read(path)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_at_its_line(name: str, spec: ObjectSpec) -> None:
    kind, text = REFUSED[name]
    with pytest.raises(VerifierError) as caught:
        verify(spec.programs[name], spec.maps)
    error = caught.value
    assert error.kind == kind
    assert (error.kind, error.sentence, error.fix) == words(error.reason, kind)
    assert text in "".join(source for _, source, here in error.source if here)
    if text:
        assert re.search(r"refused\.bpf\.c:\d+", error.line)


@pytest.mark.parametrize("name", REFUSED)
def test_the_page_says_what_we_say(name: str, spec: ObjectSpec) -> None:
    """The registers and offsets are the compiler's: what is compared is what they are the same in."""
    page = PAGE.read_text()
    _, _, part = page.partition(f"## {name.replace('_', ' ').capitalize()}\n")
    with pytest.raises(VerifierError) as caught:
        verify(spec.programs[name], spec.maps)
    shown = part.partition("## ")[0]
    assert f"{name}: {KINDS[REFUSED[name][0]][0]} (refused.bpf.c:" in shown, "run generate/verifier_refusals.py"
    for line in str(caught.value).splitlines()[1:]:
        if line.startswith(("  usually:", "  >", "   ")):
            assert line in shown, f"run generate/verifier_refusals.py: {line}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["verify", "--target", "none", *arguments], standalone_mode=False)


def test_command_tells_and_counts(path: Path) -> None:
    result = run(str(path), "--prog", "packet_not_bounded")
    assert result.return_value == 5
    assert "bytes of the packet are read" in result.output and "return data[12];" in result.output


def test_command_json(path: Path) -> None:
    result = run(str(path), "--prog", "packet_bounded_too_short", "--json")
    told = json.loads(result.output)
    assert (told["program"], told["taken"], told["kind"]) == ("packet_bounded_too_short", False, "packet-bounds")
    assert told["source"] and told["path"]


def test_command_says_what_there_is(path: Path) -> None:
    result = run(str(path), "--prog", "nothing")
    assert "no program 'nothing'" in str(result.exception)


def test_command_budget_and_stats(tmp_path: Path) -> None:
    source = tmp_path / "good.bpf.c"
    source.write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
        'SEC("xdp") int good(struct xdp_md *c) { return c->rx_queue_index & 1; }\n'
        'char LICENSE[] SEC("license") = "GPL";\n'
    )
    target = compiled(tmp_path, source)
    result = run(str(target), "--stats")
    assert result.return_value == 0
    assert "good: taken (3 instructions" in result.output and "stack" in result.output
    assert run(str(target), "--budget", "2").return_value == 1
    assert "R0=" in run(str(target), "--log").output
