"""The host lane's tests of struct_ops, in the guests."""

from __future__ import annotations

import pytest
from test_struct_ops import *  # noqa: F403

pytestmark = pytest.mark.guest
