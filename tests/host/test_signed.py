"""Signed programs (Linux 6.18): a key of our own in this process's keyring, signatures by openssl."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from programs import RETURN_0, count, program

import ebpf
from ebpf.asm import Instruction as I
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.sign import NO_CHECK, SINCE, signed_code
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
#: KEY_SPEC_PROCESS_KEYRING: it goes with this process.
PROCESS_KEYRING = -2
ADD_KEY, KEYCTL, KEYCTL_UNLINK = (248, 250, 9) if os.uname().machine == "x86_64" else (217, 219, 9)


class Signer:
    """A key, and its certificate in this process's keyring."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.openssl(
            "req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ebpf test", "-days", "2",
            "-keyout", "key.pem", "-out", "cert.pem",
        )  # fmt: skip
        self.openssl("x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der")
        self.key = -1

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def trust(self) -> None:
        data = (self.folder / "cert.der").read_bytes()
        libc = ctypes.CDLL(None, use_errno=True)
        self.key = libc.syscall(ADD_KEY, b"asymmetric", b"ebpf", data, ctypes.c_size_t(len(data)), PROCESS_KEYRING)
        if self.key < 0:
            pytest.skip(f"this kernel keeps no certificates: {os.strerror(ctypes.get_errno())}")

    def forget(self) -> None:
        if self.key >= 0:
            ctypes.CDLL(None).syscall(KEYCTL, KEYCTL_UNLINK, self.key, PROCESS_KEYRING)

    def sign(self, code: bytes) -> bytes:
        (self.folder / "code").write_bytes(code)
        self.openssl(
            "cms", "-sign", "-binary", "-noattr", "-nocerts", "-md", "sha256", "-in", "code", "-signer", "cert.pem",
            "-inkey", "key.pem", "-outform", "DER", "-out", "signature",
        )  # fmt: skip
        return (self.folder / "signature").read_bytes()


def signed(signer: Signer, spec: ProgramSpec) -> ProgramSpec:
    return spec.replace(signature=signer.sign(signed_code(spec)[0]), keyring=PROCESS_KEYRING)


def test_a_signed_program(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    if kernel_sys.kernel_release() < SINCE:
        with KernelEngine() as engine, pytest.raises(ebpf.NotSupported, match=r"a signature.*needs Linux 6.18"):
            engine.load_program(program(P.SOCKET_FILTER, RETURN_0, signature=b"x"), {})
        return
    signer = Signer(tmp_path)
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1))
        other = engine.create_map(MapSpec("other", MapType.ARRAY, 4, 8, 1))
        spec = signed(signer, count(P.SOCKET_FILTER, result=1))
        with pytest.raises(ebpf.KernelError, match=r"no key of that keyring|no such keyring"):
            engine.load_program(spec, {"counts": counts})
        signer.trust()
        try:
            try:
                loaded = engine.load_program(spec, {"counts": counts})
            except ebpf.NotSupported as error:
                assert NO_CHECK in str(error)
                return
            assert loaded.run(bytes(64)).retval == 1
            assert int.from_bytes(counts.lookup(bytes(4)) or b"", sys.byteorder) == 1
            # The maps are not signed: others may stand in their places.
            engine.load_program(spec, {"counts": other}).run(bytes(64))
            assert int.from_bytes(other.lookup(bytes(4)) or b"", sys.byteorder) == 1
            changed = spec.replace(code=count(P.SOCKET_FILTER, result=2).code)
            with pytest.raises(ebpf.KernelError, match=r"the signature isn't of this bytecode"):
                engine.load_program(changed, {"counts": counts})
            with pytest.raises(ebpf.KernelError, match=r"no detached PKCS#7 message"):
                engine.load_program(spec.replace(signature=bytes(100)), {"counts": counts})
            with pytest.raises(ebpf.KernelError, match=r"no such keyring"):
                engine.load_program(spec.replace(keyring=2_000_000_000), {"counts": counts})
        finally:
            signer.forget()


def test_what_is_another_program_on_each_kernel_is_not_signed() -> None:
    code = [I(0x18, 1), *RETURN_0]
    with pytest.raises(ebpf.NotSupported, match=r"where jiffies lies, each kernel knows for itself"):
        signed_code(program(P.SOCKET_FILTER, code, Reference(0, "ksym", "jiffies")))
    assert signed_code(count(P.SOCKET_FILTER))[1] == ["counts"]
