"""Asks the verifier of a program: taken, or refused for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ebpf.errors import VerifierError
from ebpf.spec import MapSpec, ProgramSpec
from ebpf.verifier import verify


def check(wrong: str, program: ProgramSpec, maps: Mapping[str, MapSpec], **more: Any) -> None:
    """The program is refused, with `wrong` in the reason; it is taken if that is empty."""
    if not wrong:
        verify(program, maps, **more)
        return
    with pytest.raises(VerifierError) as caught:
        verify(program, maps, **more)
    assert wrong in caught.value.reason
