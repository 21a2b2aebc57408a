"""The host lane's tests of docs/kernel.md, in the guests."""

from __future__ import annotations

import pytest
from test_docs_kernel import *  # noqa: F403

pytestmark = pytest.mark.guest
