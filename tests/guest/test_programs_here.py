"""The host lane's tests of programs, in the guests."""

from __future__ import annotations

import pytest
from test_programs_host import *  # noqa: F403

pytestmark = pytest.mark.guest
