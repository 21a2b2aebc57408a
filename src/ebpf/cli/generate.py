"""`ebpf generate`: runs the `# ebpf:generate` lines of Python files."""

from __future__ import annotations

import json
import shlex
import sys

import click

from ebpf.cli.bpftool import json_option


@click.command("generate", short_help="Run the `# ebpf:generate` lines of Python files.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@click.option("--jobs", "-j", default=0, metavar="N", help="Files at a time; by default one for each CPU.")
@click.option("--dry-run", "-n", is_flag=True, help="Print the commands, run none.")
@click.option("--check", is_flag=True, help="Write nothing; fail if what bpf2py would write isn't what is there.")
@json_option("Print what was done as JSON.", short="")
@click.option("--verbose", "-v", is_flag=True, help="Print each command as it ran.")
def command(paths: tuple[str, ...], jobs: int, dry_run: bool, check: bool, as_json: bool, verbose: bool) -> None:
    """Looks for lines such as

    \b
        # ebpf:generate bpf2py execve_count kprobe.bpf.c

    in Python files (by default those of this folder and the folders in it) and runs each in the folder of its file. $EBPF_FILE,
    $EBPF_DIR, $EBPF_LINE, $DOLLAR and variables of the environment can be used.
    """
    from ebpf.bind import generate

    found = [one for path in generate.python_files(paths or (".",)) for one in generate.directives(path)]
    if dry_run:
        rows = [{"file": str(one.file), "line": one.line, "command": list(one.words)} for one in found]
        if as_json:
            click.echo(json.dumps(rows))
        else:
            for one in found:
                click.echo(f"{one.file}:{one.line}: {shlex.join(one.words)}")
        return

    def tell(outcome: generate.Outcome) -> None:
        one = outcome.directive
        if as_json:
            return
        failed = f": exit status {outcome.status}" if outcome.status else ""
        if verbose or failed:
            click.echo(f"{one.file}:{one.line}: {shlex.join(one.words)}{failed}", err=bool(failed))
        click.echo(outcome.output, nl=False, err=bool(failed))

    outcomes = generate.run(found, jobs=jobs, check=check, done=tell)
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "file": str(outcome.directive.file),
                        "line": outcome.directive.line,
                        "command": list(outcome.directive.words),
                        "status": outcome.status,
                        "output": outcome.output,
                    }
                    for outcome in outcomes
                ]
            )
        )
    elif not found:
        click.echo("no `# ebpf:generate` line found", err=True)
    if any(outcome.status for outcome in outcomes):
        sys.exit(1)
