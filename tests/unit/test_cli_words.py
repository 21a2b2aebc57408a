"""bpftool's words on our command line: what they become, and what is said where there is something else to type."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ebpf.btf.build import Builder
from ebpf.btf.types import Int, Typedef
from ebpf.cli import btf, map, prog
from ebpf.cli.bpftool import OBJECTS, VERBS, Worded
from ebpf.cli.inventory import Verbs
from ebpf.cli.main import COMMANDS, group

CREATE = map.command.commands["create"]
RUN = prog.command.commands["run"]
LOAD = prog.command.commands["load"]
PROFILE = prog.command.commands["profile"]
DUMP = btf.command.commands["dump"]


@pytest.mark.parametrize(
    ("command", "given", "meant"),
    [
        (CREATE, "/f/m type hash key 4 value 8 entries 1 name n flags 1",
         "/f/m --type hash --key 4 --value 8 --entries 1 --name n --flags 1"),
        (CREATE, "/f/m type hash name type", "/f/m --type hash --name type"),
        (CREATE, "/f/m --name key type hash", "/f/m --name key --type hash"),
        (CREATE, "--type hash /f/m", "--type hash /f/m"),
        (RUN, "id 5 data_in in data_out out data_size_out 99 ctx_in c ctx_out d ctx_size_out 9 repeat 3",
         "id 5 --data in --out out --context c --context-out d --repeat 3"),
        (RUN, "pinned /f/repeat repeat 3", "pinned /f/repeat --repeat 3"),
        (RUN, "name repeat repeat 3", "name repeat --repeat 3"),
        (RUN, "5 --data repeat repeat 3", "5 --data repeat --repeat 3"),
        (PROFILE, "name x duration 3", "name x --duration 3"),
        (LOAD, "x.o /f/x type xdp autoattach", "x.o /f/x --type xdp --attach"),
        (DUMP, "id 5 format raw", "id 5 --format raw"),
        (DUMP, "file format format c", "file format --format c"),
        (DUMP, "map name format value", "map name format value"),
        (DUMP, "prog 7 format c", "prog 7 --format c"),
    ],
)  # fmt: skip
def test_words_become_options(command: click.Command, given: str, meant: str) -> None:
    assert isinstance(command, Worded)
    assert command.as_options(click.Context(command), given.split()) == meant.split()


def test_words_that_name_a_map() -> None:
    assert isinstance(CREATE, Worded) and isinstance(LOAD, Worded)
    words = "/f/m type hash_of_maps inner_map name one key 4"
    made = CREATE.as_options(click.Context(CREATE), words.split())
    assert made == ["/f/m", "--type", "hash_of_maps", "--inner", "name one", "--key", "4"]
    words = "x.o /f/x map name counts pinned /f/c map name b 7"
    made = LOAD.as_options(click.Context(LOAD), words.split())
    assert made == ["x.o", "/f/x", "--map", "counts=pinned /f/c", "--map", "b=7"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("cgroup tree", "no command 'cgroup': `ebpf link at"),
        ("net show", "`ebpf link at [INTERFACE]`"),
        ("gen skeleton x.o", "`ebpf bind`"),
        ("version", "`ebpf --version`"),
        ("feature list_builtins helpers", "--helpers TYPE"),
        ("feature probe unprivileged", "as that user"),
        ("prog attach id 5 sk_skb_verdict id 6", "--at PLACE"),
        ("prog detach id 5 flow_dissector", "`ebpf link detach LINK`"),
        ("prog profile id 5 cycles", "hardware counters are not read"),
        ("prog load x.o /f/x pinmaps /f/maps", "FOLDER/maps/NAME"),
        ("prog load x.o /f/x map idx 0 id 7", "map name NAME MAP"),
        ("prog dump xlated id 5 visual", "graphs are not drawn"),
        ("prog dump xlated id 5 colour", "what is 'colour' behind id 5?"),
        ("prog run id 5 repeat", "what comes behind 'repeat'?"),
        ("map create /f/m type hash dev eth0", "network card"),
        ("map create /f/m type hash_of_maps", "wants --inner (inner_map)"),
        ("map up id 5", "did you mean update?"),
        ("map lokup id 5", "did you mean lookup?"),
        ("prog sh", "did you mean show?"),
        ("btf dump id 5 root_id 7", "--name NAME"),
        ("btf dump id 5 six", "what is 'six' behind 5?"),
        ("btf dump file", "which file?"),
    ],
)
def test_what_is_spelled_otherwise_is_said(given: str, said: str) -> None:
    done = CliRunner().invoke(group, given.split())
    assert done.exit_code == 2 and said in done.stderr, done.output


def test_tables_are_about_what_there_is_not() -> None:
    assert not set(OBJECTS) & set(COMMANDS)
    for kind, verbs in VERBS.items():
        found = {"prog": prog, "map": map}[kind].command
        assert not set(verbs) & {*found.commands, *found.aliases}


@pytest.mark.parametrize("given", ["help", "map help", "prog help", "btf help", "link help"])
def test_help_is_a_word_too(given: str) -> None:
    done = CliRunner().invoke(group, given.split())
    assert done.exit_code == 0 and "Commands:" in done.stdout


@pytest.mark.parametrize(
    "given", ["-j btf dump FILE -n u", "btf dump FILE -n u --json", "btf dump FILE -n u -j", "-p btf dump FILE -n u"]
)
def test_json_may_be_asked_for_first_or_last(given: str, tmp_path: Path) -> None:
    made = Builder()
    made.add(Typedef("u", made.add(Int("int", 4))))
    path = tmp_path / "x.btf"
    path.write_bytes(bytes(made))
    done = CliRunner().invoke(group, given.replace("FILE", str(path)).split())
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["name"] == "u"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", "show"), ("--json", "show --json"), ("-j -p", "show -j -p"), ("-j show id 5", "show -j id 5"),
        ("--json -f list", "list --json -f"), ("list --json", "list --json"), ("dump -j id 5", "dump -j id 5"),
    ],
)  # fmt: skip
def test_options_before_the_verb(given: str, meant: str) -> None:
    verbs = Verbs("prog")
    context = click.Context(verbs)
    verbs.parse_args(context, given.split())
    assert [*context._protected_args, *context.args] == meant.split()
