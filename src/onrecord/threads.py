"""One thread for numpy's products: parallelism is by processes, and threads of two processes wait for one another."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one() -> AbstractContextManager[Any]:
    """Return a context in which matrix products run on one thread; entering it takes some ten microseconds."""
    return _controller().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]


@cache
def _controller() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
