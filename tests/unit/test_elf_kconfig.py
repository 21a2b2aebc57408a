"""Values of `extern … __kconfig`."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from compiled import read_c
from test_elf_corpus import CORPUS

from ebpf import elf
from ebpf.elf import kconfig
from ebpf.errors import ObjectError
from ebpf.spec import ObjectSpec

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern unsigned int LINUX_KERNEL_VERSION __kconfig;
extern _Bool LINUX_HAS_BPF_COOKIE __kconfig __weak;
extern int CONFIG_HZ __kconfig;
extern _Bool CONFIG_SMP __kconfig;
extern enum libbpf_tristate CONFIG_IPV6 __kconfig __weak;
extern char CONFIG_LETTER __kconfig __weak;
extern char CONFIG_TEXT[8] __kconfig __weak;
extern unsigned long CONFIG_BIG __kconfig __weak;
extern short CONFIG_SHORT __kconfig __weak;
SEC("socket") int f(void *ctx) {
    return LINUX_KERNEL_VERSION + LINUX_HAS_BPF_COOKIE + CONFIG_HZ + CONFIG_SMP + CONFIG_IPV6 + CONFIG_LETTER
        + CONFIG_TEXT[1] + CONFIG_BIG + CONFIG_SHORT;
}
"""
FACTS: dict[str, str | int] = {
    "LINUX_KERNEL_VERSION": 0x060C05, "LINUX_HAS_BPF_COOKIE": 1, "CONFIG_HZ": "250", "CONFIG_SMP": "y",
    "CONFIG_IPV6": "m", "CONFIG_LETTER": "m", "CONFIG_TEXT": '"abcdefghij"', "CONFIG_BIG": "0xdeadbeefc0de",
    "CONFIG_SHORT": "-5",
}  # fmt: skip


def values(spec: ObjectSpec) -> dict[str, object]:
    assert spec.btf is not None
    data = spec.maps[".kconfig"].contents[0][1]
    assert isinstance(data, bytes) and len(data) == spec.maps[".kconfig"].value_size
    return {
        name: spec.btf.codec(one.type_id).decode(data[one.offset : one.offset + one.size])
        for name, one in spec.variables.items()
        if one.map == ".kconfig"
    }


@pytest.mark.parametrize("order", ["little", "big"])
def test_filling(tmp_path: Path, order: str) -> None:
    spec = read_c(tmp_path, SOURCE, order)  # type: ignore[arg-type]
    layout = {name: (one.offset, one.size, one.weak) for name, one in spec.variables.items()}
    # by falling alignment, then rising size, then name: libbpf's layout
    assert layout == {
        "CONFIG_BIG": (0, 8, True),
        "CONFIG_HZ": (8, 4, False),
        "CONFIG_IPV6": (12, 4, True),
        "LINUX_KERNEL_VERSION": (16, 4, False),
        "CONFIG_SHORT": (20, 2, True),
        "CONFIG_LETTER": (22, 1, True),
        "CONFIG_SMP": (23, 1, False),
        "LINUX_HAS_BPF_COOKIE": (24, 1, True),
        "CONFIG_TEXT": (25, 8, True),
    }
    kconfig.fill(spec, FACTS)
    assert values(spec) == {
        "LINUX_KERNEL_VERSION": 0x060C05, "LINUX_HAS_BPF_COOKIE": True, "CONFIG_HZ": 250, "CONFIG_SMP": True,
        "CONFIG_IPV6": 2, "CONFIG_LETTER": ord("m"), "CONFIG_TEXT": "abcdefg", "CONFIG_BIG": 0xDEADBEEFC0DE,
        "CONFIG_SHORT": -5,
    }  # fmt: skip
    before = spec.maps[".kconfig"].contents
    kconfig.fill(spec, {})  # it has a value: not touched
    assert spec.maps[".kconfig"].contents is before
    references = {r.slot: r for r in spec.programs["f"].references}
    assert all(r.kind == "map_value" and r.name == ".kconfig" for r in references.values())
    assert {r.offset for r in references.values()} >= {0, 8, 16, 24}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"CONFIG_HZ": None}, "CONFIG_HZ isn't known of this kernel; declare it __weak"),
        ({"CONFIG_HZ": "y"}, "CONFIG_HZ is 'y', which int can't hold"),
        ({"CONFIG_HZ": "1" * 12}, "CONFIG_HZ is"),
        ({"CONFIG_HZ": '"250"'}, "CONFIG_HZ is"),
        ({"CONFIG_SMP": "m"}, "CONFIG_SMP is 'm', which _Bool can't hold"),
        ({"CONFIG_SMP": "7"}, "CONFIG_SMP is '7'"),
        ({"CONFIG_IPV6": "7"}, "enum libbpf_tristate can't hold"),
        ({"CONFIG_TEXT": "7"}, "an array of 8 can't hold"),
        ({"CONFIG_SHORT": "40000"}, "short can't hold"),
    ],
)
def test_what_does_not_fit(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    spec = read_c(tmp_path, SOURCE)
    facts = {name: value for name, value in {**FACTS, **changes}.items() if value is not None}
    with pytest.raises(ObjectError) as error:
        kconfig.fill(spec, facts)
    assert message in str(error.value)


def test_text_without_a_size(tmp_path: Path) -> None:
    text = "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nextern char CONFIG_NAME[] __kconfig;\n"
    text += 'SEC("socket") int f(void *ctx) { return CONFIG_NAME[1]; }\n'
    with pytest.raises(ObjectError, match=r"array 'CONFIG_NAME' has no size: write it, as in char CONFIG_NAME\[64\]"):
        read_c(tmp_path, text)


def test_weak_names_may_be_missing(tmp_path: Path) -> None:
    spec = read_c(tmp_path, SOURCE)
    kconfig.fill(spec, {"LINUX_KERNEL_VERSION": 1, "CONFIG_HZ": 2, "CONFIG_SMP": "n"})
    assert values(spec) == {
        "LINUX_KERNEL_VERSION": 1, "LINUX_HAS_BPF_COOKIE": False, "CONFIG_HZ": 2, "CONFIG_SMP": False,
        "CONFIG_IPV6": 0, "CONFIG_LETTER": 0, "CONFIG_TEXT": "", "CONFIG_BIG": 0, "CONFIG_SHORT": 0,
    }  # fmt: skip


def test_parse() -> None:
    assert kconfig.parse('# a\n\nCONFIG_A=y\n CONFIG_B="x=y"\n# CONFIG_C is not set\n') == {
        "CONFIG_A": "y", "CONFIG_B": '"x=y"',
    }  # fmt: skip
    for bad in ("CONFIG_A", "A=y", "CONFIG_A=", "CONFIG_A=" + "x" * 5000):
        with pytest.raises(ObjectError, match="line 2 of the kernel's configuration"):
            kconfig.parse(f"\n{bad}\n")


@pytest.mark.parametrize(
    ("release", "code"),
    [
        ("6.12.5-amd64", 0x060C05),
        ("5.10", 0x050A00),
        ("6.1.300", 0x0601FF),
        ("6.18-rc1", 0x061200),
        ("x", 0),
        ("7", 0x070000),
    ],
)
def test_version_code(release: str, code: int) -> None:
    assert kconfig.version_code(release) == code


def test_this_machine() -> None:
    facts = kconfig.this_machine(["LINUX_KERNEL_VERSION"])
    if facts:
        assert isinstance(facts["LINUX_KERNEL_VERSION"], int)
        assert set(facts) == {"LINUX_KERNEL_VERSION", "LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER"}


def test_the_corpus() -> None:
    if not CORPUS.exists():
        pytest.skip(f"no corpus at {CORPUS}: set EBPF_CORPUS")
    folder = CORPUS / "cilium-ebpf/internal/kconfig/testdata"
    facts = kconfig.parse((folder / "test.kconfig").read_text())
    assert facts["CONFIG_STR"] == '"abracad"'
    whole = kconfig.parse(gzip.decompress((folder / "config-6.2.15-300.fc38.x86_64.gz").read_bytes()).decode())
    assert whole["CONFIG_BPF_SYSCALL"] == "y" and len(whole) > 5000
    for order in ("el", "eb"):
        spec = elf.read(CORPUS / f"cilium-ebpf/testdata/kconfig-{order}.elf")
        kconfig.fill(spec, {**whole, "LINUX_KERNEL_VERSION": 0x06020F, "LINUX_HAS_SYSCALL_WRAPPER": 1})
        found = values(spec)
        assert found["LINUX_KERNEL_VERSION"] == 0x06020F
        assert found["CONFIG_HZ"] == int(whole["CONFIG_HZ"])


CHOSEN = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern int CONFIG_HZ __kconfig;
extern _Bool CONFIG_SMP __kconfig __weak;
extern unsigned LINUX_KERNEL_VERSION __kconfig;
extern char CONFIG_TEXT[8] __kconfig __weak;
const volatile int factor = 1;
SEC("xdp") int f(void *ctx) { return (CONFIG_HZ + CONFIG_SMP + CONFIG_TEXT[0]) * factor + (LINUX_KERNEL_VERSION > 0); }
"""


def returned(spec: ObjectSpec, **options: object) -> int:
    import ebpf

    with ebpf.load(spec, engine="vm", **options) as obj:  # type: ignore[arg-type]
        return obj.programs["f"].run(data=bytes(14)).retval


def test_a_load_says_how_the_kernel_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = read_c(tmp_path, CHOSEN)
    here = {"LINUX_KERNEL_VERSION": 5, "CONFIG_HZ": "100"}
    monkeypatch.setattr(kconfig, "this_machine", lambda names: {name: here[name] for name in names if name in here})
    assert returned(spec) == 101
    assert returned(spec, kconfig={"CONFIG_HZ": 1000}) == 1001  # the rest is this machine's
    assert returned(spec, kconfig={"CONFIG_HZ": 1000, "CONFIG_SMP": True, "CONFIG_TEXT": "A"}) == 1067
    assert returned(spec, kconfig={"CONFIG_SMP": False, "LINUX_KERNEL_VERSION": 0}, variables={"factor": 2}) == 200
    config = tmp_path / "config"
    config.write_text('# of 6.12\nCONFIG_HZ=250\nCONFIG_SMP=y\nCONFIG_TEXT="A"\n')
    assert returned(spec, kconfig=config) == returned(spec, kconfig=str(config)) == 317
    (tmp_path / "config.gz").write_bytes(gzip.compress(config.read_bytes()))
    assert returned(spec, kconfig=tmp_path / "config.gz") == 317
    assert spec.maps[".kconfig"].contents == []  # the caller's own spec is as it was


def test_a_load_with_a_wrong_configuration(tmp_path: Path) -> None:
    spec = read_c(tmp_path, CHOSEN)
    with pytest.raises(ObjectError, match=r"none: can't be read: No such file"):
        returned(spec, kconfig=tmp_path / "none")
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"CONFIG_HZ=1")[:-9])
    with pytest.raises(ObjectError, match=r"broken\.gz: can't be read: it is broken"):
        returned(spec, kconfig=tmp_path / "broken.gz")
    with pytest.raises(ObjectError, match="CONFIG_HZ is 'fast', which int can't hold"):
        returned(spec, kconfig={"CONFIG_HZ": "fast"})
