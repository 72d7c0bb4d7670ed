"""Which number type a processor computes in at full speed."""

from __future__ import annotations

from typing import Literal

Precision = Literal["float32", "bfloat16"]


def best_precision(device: str) -> Precision:
    """``bfloat16`` where ``device`` (``cpu`` or ``cuda…``) multiplies it in hardware, else ``float32``.

    A CPU that only emulates bfloat16 is some 20 times slower with it; one with AVX512-BF16 or AMX is twice as fast.
    """
    import torch

    if device.startswith("cuda"):
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    probes = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return "bfloat16" if any(probe() for probe in probes if probe is not None) else "float32"
