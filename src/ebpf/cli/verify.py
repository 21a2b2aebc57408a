"""`ebpf verify`: whether Linux would take each program of an object, and if not, why and at which line."""

from __future__ import annotations

import json
import os

import click

from ebpf.cli import status
from ebpf.cli.bpftool import json_option
from ebpf.cli.verdicts import Screen, Verdict, annotate, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.btf import Btf
    from ebpf.btf.core import Poison
    from ebpf.errors import VerifierError
    from ebpf.spec import ObjectSpec, ProgramSpec


@click.command("verify", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--prog", "names", multiple=True, metavar="NAME", help="Only this program; may be given again.")
@click.option("--type", "kind", metavar="TYPE", help="Verify as this kind of program (xdp, tc, socket_filter …).")
@click.option(
    "--target", metavar="BTF", default="kernel", show_default=True,
    help='The types of the kernel it is for: a BTF file, "kernel" (this one) or "none".',
)  # fmt: skip
@click.option(
    "--replaces", metavar="FILE", help="The object whose function a freplace program is for [default: this one]."
)
@click.option("--unprivileged", is_flag=True, help="As for a process without CAP_BPF and CAP_PERFMON.")
@click.option("--log", is_flag=True, help="Show the state at each instruction, as Linux's log does.")
@click.option("--stats", is_flag=True, help="Show what the verification cost, and the lines looked at most.")
@json_option("One JSON object a program.")
@click.option("--compare", is_flag=True, help="Ask the running kernel too, and show where the two differ.")
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    metavar="N",
    help="Fail a program that takes more than N instructions to check.",
)
@click.option(
    "--github", is_flag=True, help="Also write annotations for GitHub [default: where GITHUB_ACTIONS is set]."
)
def command(
    file: str,
    names: tuple[str, ...],
    kind: str | None,
    target: str,
    replaces: str | None,
    unprivileged: bool,
    log: bool,
    stats: bool,
    as_json: bool,
    compare: bool,
    budget: int | None,
    github: bool,
) -> int:
    """Proves the programs of an object file (or C source) safe, as Linux 6.18 would, or says why not: the C line, how the path
    came there, what was known and what was needed. Nothing is loaded. The exit status is 5 if a program is refused, 1 if one is
    over its budget or the kernel decides otherwise."""
    from ebpf.cli.inputs import read_spec

    spec = read_spec(file)
    spec.check_byte_order()
    chosen = _choose(spec, names, kind)
    types = _target(target)
    others = read_spec(replaces) if replaces is not None else spec
    symbols = _symbols() if target == "kernel" and types is not None else None
    verdicts = []
    screen = Screen()
    for program in chosen:
        verdict = _verify(spec, program, types, symbols, _replaced(program, others), not unprivileged, log, budget)
        if compare:
            _ask_kernel(spec, verdict)
        verdicts.append(verdict)
        if as_json:
            click.echo(json.dumps(record(verdict)))
        else:
            screen.show(verdict, log, stats)
        if github or os.environ.get("GITHUB_ACTIONS"):
            annotate(verdict)
    if not as_json:
        screen.summary(verdicts)
    if any(not v.taken for v in verdicts):
        return status.REFUSED
    if any(v.over_budget or (v.kernel is not None and bool(v.kernel) == v.taken) for v in verdicts):
        return status.OTHER
    return next((status.of(v.unasked) for v in verdicts if v.unasked is not None), status.OK)


def _choose(spec: ObjectSpec, names: tuple[str, ...], kind: str | None) -> list[ProgramSpec]:
    from ebpf.cli.inputs import known, program_of, take_type

    chosen = [program_of(spec, name) for name in names] if names else list(spec.programs.values())
    for program in chosen:
        if kind is not None:
            take_type(program, kind)
        known(spec, program)
    return chosen


def _target(name: str) -> Btf | None:
    if name == "none":
        return None
    if name == "kernel":
        from ebpf.btf.kernel import kernel_btf
        from ebpf.errors import EbpfError

        try:
            return kernel_btf()
        except (EbpfError, OSError):
            return None
    from ebpf.btf import Btf as Reader

    with open(name, "rb") as file:
        return Reader.parse(file.read())


def _symbols() -> Callable[[str], bool] | None:
    """Whether the running kernel shows the address of a symbol; None where it shows no symbols at all."""
    from ebpf.kernel.kallsyms import address_of

    def shown(name: str) -> bool:
        return address_of(name) is not None

    # A kernel shows this one to anybody if it shows any (the addresses may be zeros).
    return shown if shown("_text") or shown("_stext") else None


def _replaced(program: ProgramSpec, others: ObjectSpec) -> ProgramSpec | None:
    """The program of which a freplace program replaces a function, by the function's name."""
    from ebpf.uapi.prog_types import ProgType

    if program.type != ProgType.EXT:
        return None
    for other in others.programs.values():
        if other.type != ProgType.EXT and any(function.name == program.target for function in other.functions):
            return other
    return None


def _verify(
    spec: ObjectSpec,
    program: ProgramSpec,
    target: Btf | None,
    symbols: Callable[[str], bool] | None,
    replaces: ProgramSpec | None,
    privileged: bool,
    log: bool,
    budget: int | None,
) -> Verdict:
    from ebpf.btf.core import explain, relocate
    from ebpf.errors import VerifierError
    from ebpf.verifier import verify

    verdict = Verdict(program)
    local = program.btf
    poisoned: list[Poison] = []
    if program.core and target is not None and local is not None:
        program = program.copy()
        program.code = relocate(
            program.code, program.core, local, [target], program.lines, program=program.name, poisoned=poisoned
        )
    try:
        verdict.proof = verify(
            program, spec.maps, target=target, privileged=privileged, log=log, symbols=symbols, replaces=replaces
        )
        verdict.budget = budget
    except VerifierError as error:
        poison = explain(poisoned, error.slot, error.log)
        verdict.error = error if poison is None else _lacking(error, poison)
    return verdict


#: What usually mends a program that reads what the kernel hasn't got.
_ASK_FIRST = (
    "ask first with bpf_core_field_exists() and its kin, or name another kernel's types (--target); "
    "`ebpf check` lists all that a kernel lacks"
)


def _lacking(error: VerifierError, poison: Poison) -> VerifierError:
    """The refusal of an instruction that CO-RE could not fill in: what the kernel lacks, not the call that stands there now."""
    from ebpf.errors import VerifierError

    sentence = f"{poison.access}: {poison.reason}"
    head, _, rest = str(error).partition("\n")
    lines = [line for line in rest.splitlines() if not line.startswith(("  verifier: ", "  usually: "))]
    text = [head.replace(error.sentence, sentence), *lines, f"  usually: {_ASK_FIRST}"]
    return VerifierError(
        "\n".join(text), program=error.program, reason=sentence, line=error.line, slot=error.slot, log=error.log,
        kind="btf", sentence=sentence, source=error.source, path=error.path, fix=_ASK_FIRST,
    )  # fmt: skip


def _ask_kernel(spec: ObjectSpec, verdict: Verdict) -> None:
    """Sets what the kernel says: its reason for refusing the program, empty if it takes it; or why it could not be asked."""
    import ebpf
    from ebpf.errors import EbpfError, RelocationError, VerifierError

    alone = spec.copy()
    for name, other in alone.programs.items():
        other.autoload = name == verdict.program.name
    for map_ in alone.maps.values():  # what it would call is not loaded
        map_.contents = [(key, held) for key, held in map_.contents if held not in alone.programs]
        map_.pinning = False  # what is asked leaves nothing behind
    try:
        ebpf.load(alone, engine="kernel").close()
        verdict.kernel = ""
    except VerifierError as error:
        verdict.kernel = error.reason or str(error).splitlines()[0]
    except RelocationError as error:
        verdict.kernel = str(error)
    except EbpfError as error:
        verdict.unasked = error
