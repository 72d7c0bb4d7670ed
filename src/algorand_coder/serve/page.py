"""The page at ``/``: one file, nothing from elsewhere, and a policy that forbids it anything else."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def page() -> tuple[bytes, str]:
    """The page and its Content-Security-Policy: its own script and style by hash, requests to this server only."""
    html = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
    scripts, styles = (_hashes(html, tag) for tag in ("script", "style"))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html.encode(), policy


def _hashes(html: str, tag: str) -> str:
    blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" for block in blocks)
