"""Memory that this process keeps for its next tensors, where the C library would hand it back.

PyTorch takes memory for each tensor from the C library, which by default asks the system for every large one, and
returns it: each step then waits for all its pages anew. Kept memory lets a step on a large graph take half the time.
"""

import ctypes
import platform

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4


def keep_memory():
    """From now on glibc serves tensors from memory that it keeps; other libraries go on as they are."""
    if platform.libc_ver()[0] == "glibc":
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_MAX, 0)
        library.mallopt(_TRIM_THRESHOLD, 2**31 - 1)
