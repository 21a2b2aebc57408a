"""`ebpf`: the group of commands, and the one place where an error becomes a line and an exit status.

A command is a module `ebpf.cli.NAME` with a click command called `command`, and a row here; it is imported when it is used,
so that `ebpf --help` is quick.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

import click

from ebpf.cli import status
from ebpf.cli.bpftool import OBJECTS, Group, flag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: name → its line in `ebpf --help`.
COMMANDS = {
    "run": "Load an object, attach its programs, and show its maps while it runs.",
    "exec": "Run network programs over a packet capture, in this process.",
    "build": "Compile C to object files.",
    "bind": "Write a typed Python module from C: bpf2py.",
    "generate": "Run the generators that Python files name (# ebpf:generate).",
    "show": "Show what is in an object file.",
    "asm": "Assemble text to bytecode.",
    "disasm": "Show the bytecode of an object file, with its C lines.",
    "btf": "Show types: of an object, or of this kernel.",
    "vmlinux": "Write vmlinux.h: a kernel's types as a C header.",
    "check": "Say what a kernel lacks of what an object needs.",
    "verify": "Say whether Linux would take a program, and if not why, at a line of the C.",
    "prog": "Programs of this kernel: list, show, dump, pin, run, profile, load.",
    "map": "Maps of this kernel: list, show, dump, get, set, delete, watch, pin, create.",
    "link": "Attachments of this kernel: list, show, pin, detach; or link object files into one.",
    "trace": "Show what programs print with bpf_printk.",
    "features": "Say what this kernel and this process can do.",
}

#: Another word → its command.
ALIASES = {"links": "link", "feature": "features"}

_SHUT_READER, _INTERRUPTED = 13, 2  # SIGPIPE, SIGINT


class LazyGroup(Group):
    """A group whose commands are imported one at a time."""

    aliases = ALIASES
    instead = OBJECTS

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if importlib.util.find_spec(f"ebpf.cli.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = self.aliases.get(cmd_name, cmd_name)
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"ebpf.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import ebpf

        click.echo(f"ebpf {ebpf.__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--debug", is_flag=True, help="On an error, show where in the program it came up.")
@click.option(
    "--json", "-j", "as_json", is_flag=True, expose_value=False, callback=flag, help="JSON of what has --json."
)
@click.option("--pretty", "-p", is_flag=True, expose_value=False, callback=flag, help="The same over several lines.")
@click.option("--bpffs", "-f", "with_pins", is_flag=True, expose_value=False, callback=flag, help="Show pins, too.")
@click.option(
    "--version", "-V", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
@click.pass_context
def group(ctx: click.Context, debug: bool) -> None:
    """eBPF for Python: the same object file runs in the Linux kernel or inside this process."""
    if debug:
        os.environ["EBPF_DEBUG"] = "1"


def main(arguments: list[str] | None = None) -> None:
    """The entry point `ebpf`. Never returns."""
    sys.exit(guarded(group, "ebpf", arguments))


def bpf2py() -> None:
    """The entry point `bpf2py`: the command `ebpf bind` under the name that bpf2go's users look for."""
    from ebpf.cli import bind

    bind.main()


def guarded(command: click.Command, name: str, arguments: list[str] | None = None) -> int:
    """Runs a click command; whatever goes wrong becomes one line on stderr, and the exit status says what kind it was."""
    if f"_{name}_COMPLETE".upper() in os.environ:  # a shell asks what could follow
        command.main(prog_name=name)
    _print_anything()
    try:
        result = _invoked(command, name, sys.argv[1:] if arguments is None else arguments)
        if not _flushed():
            _drop_output()
            return result if isinstance(result, int) and result else status.SIGNAL + _SHUT_READER
    except click.UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # `ebpf` alone; click 8.2 and later
            _quietly(error.show)
        else:
            say(
                f"{error.format_message().rstrip('.')}; see {error.ctx.command_path if error.ctx else name} --help",
                name,
            )
        return error.exit_code
    except click.ClickException as error:
        say(error.format_message(), name)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _quietly(print, file=sys.stderr)  # ends the line that holds ^C
        return status.SIGNAL + _INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return status.SIGNAL + _SHUT_READER
    except Exception as error:
        return _failed(name, error)
    return result if isinstance(result, int) else status.OK


def _invoked(command: click.Command, name: str, arguments: list[str]) -> Any:
    """As `command.main` does, but for a pipe without a reader: click would end the process itself."""
    try:
        with command.make_context(name, list(arguments)) as context:
            return command.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code


def _print_anything() -> None:
    """A file's name may hold bytes that are no text, and a terminal may lack a character: neither is to end a listing; nor is
    it that nobody gave us an output (`>&-`), where what is said goes nowhere."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", "") == "strict":
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _failed(name: str, error: Exception) -> int:
    from ebpf.errors import EbpfError

    if os.environ.get("EBPF_DEBUG"):
        import traceback

        _quietly(traceback.print_exception, error)
    ours = isinstance(error, (EbpfError, OSError, ImportError))
    text = _line(error) if ours else f"internal error: {type(error).__name__}: {error}; --debug shows where"
    say(text, name)
    return status.of(error)


def _line(error: Exception) -> str:
    from ebpf.errors import EbpfError

    if isinstance(error, OSError) and not isinstance(error, EbpfError):
        return f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror or str(error)
    return str(error)


def say(text: str, name: str = "ebpf") -> None:
    """A line for a person, on stderr; never an error itself."""
    _quietly(print, f"{name}: {text}", file=sys.stderr, flush=True)


def _quietly(function: Any, *args: Any, **options: Any) -> None:
    """Where nobody listens any more (a closed pipe or terminal), nothing is said."""
    try:
        function(*args, **options)
    except (OSError, ValueError):
        pass


def _flushed() -> bool:
    """Whether all output could be written: a pipe may have no reader any more, a terminal may be gone."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return False
    return True


def _drop_output() -> None:
    """What is still buffered goes nowhere, so that Python doesn't stumble over it at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass
