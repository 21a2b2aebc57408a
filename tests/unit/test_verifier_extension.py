"""Programs that replace a function of another: verified as that function, in that program's type."""

from __future__ import annotations

from pathlib import Path

import pytest
from compiled import compiled
from verdicts import check

from ebpf import elf
from ebpf.cli import main, status
from ebpf.errors import VerifierError
from ebpf.spec import ObjectSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

SOURCE = Path(__file__).parent.parent / "bpf" / "replacing.bpf.c"

#: Program → what the refusal says, "" if it is taken.
PROGRAMS = {
    "bounded": "",
    "not_bounded": "R1 offset is outside of the packet",
    "moves_packet": "Extension program changes packet data, while original does not",
    "helper_of_tc": "program of this type cannot use helper bpf_skb_load_bytes#26",
    "more_arguments": "more_arguments() has 2 args while answer() has 1 args",
    "other_argument": "arg0 in other_argument() is not a pointer to context",
    "other_context": "arg0 other_context(struct __sk_buff *) doesn't match answer(struct xdp_md *)",
    "other_result": "Return type PTR of other_result() doesn't match type INT of answer()",
    # The function may be called with memory, but not replaced.
    "memory": "arg1 in memory() is not a pointer to context",
    "number": "",
    "number_as_pointer": "R1 invalid mem access 'scalar'",
    "of_static": "Cannot replace static functions",
    "of_nothing": "Subprog nosuch doesn't exist",
    "of_main": "",
}


@pytest.fixture(scope="module")
def object_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("replacing"), SOURCE)


@pytest.fixture(scope="module")
def spec(object_file: Path) -> ObjectSpec:
    return elf.read(object_file)


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_the_function_that_is_replaced(name: str, spec: ObjectSpec) -> None:
    check(PROGRAMS[name], spec.programs[name], spec.maps, replaces=spec.programs["whole"])


def test_there_is_a_case_for_each(spec: ObjectSpec) -> None:
    assert {name for name, one in spec.programs.items() if one.type == ProgType.EXT} == set(PROGRAMS)


def test_it_needs_the_other_program(spec: ObjectSpec) -> None:
    with pytest.raises(VerifierError, match="no program with that function") as caught:
        verify(spec.programs["bounded"], spec.maps)
    assert caught.value.kind == "replaces"
    with pytest.raises(VerifierError, match="Cannot recursively attach"):
        verify(spec.programs["bounded"], spec.maps, replaces=spec.programs["number"])


def test_the_command_finds_it(object_file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In the object itself, or in the one that is named."""
    path = str(object_file)
    assert main.guarded(main.group, "ebpf", ["verify", path, "--prog", "bounded", "--target", "none"]) == status.OK
    assert "bounded: taken" in capsys.readouterr().out
    alone = tmp_path / "alone.bpf.c"
    alone.write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
        'SEC("freplace/answer") int mine(struct xdp_md *ctx) { return 2; }\nchar LICENSE[] SEC("license") = "GPL";\n'
    )
    arguments = ["verify", str(alone), "--target", "none"]
    assert main.guarded(main.group, "ebpf", arguments) == status.REFUSED
    assert "no program with that function" in capsys.readouterr().out
    assert main.guarded(main.group, "ebpf", [*arguments, "--replaces", path]) == status.OK
