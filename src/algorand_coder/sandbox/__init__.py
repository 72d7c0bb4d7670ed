"""Isolation for code that a model wrote: it runs through ``run`` (or, asked again and again, ``Resident``) alone.

A program runs under bubblewrap in namespaces of its own (processes, mounts, network, IPC, host name) and, where the
caller is root, as a user that owns nothing. What that gives:

* Files: it sees the system's programs (``/usr``), what the caller lists in ``read_only``, and a private folder and
  temp folder in memory, of bounded size and gone afterwards. No home, no ``/etc``, no repository, no devices.
* Network: none, not even the host's loopback. With ``network`` there are listening sockets on its own loopback, and
  behind them a server that lives outside. The sockets are created inside the network namespace by the launcher and
  handed to the server over a Unix socket before the program starts; a socket belongs to the namespace it was created
  in. So programs find a ledger at the usual ``127.0.0.1:4001``, many at once without collision, nothing needs to
  forward, and the server shares neither processes nor users nor files with the program.
* Resources: processor time, memory, processes, open files, file size and disk by kernel limits; memory and processes
  of the whole tree by a control group where one can be made, else memory by watching; output is cut off and the
  program ended when it exceeds its share; wall-clock time ends the whole tree.
* The judge: it is outside every namespace above; the program can neither see, signal, trace nor connect to it.

What it does not cover:

* Bugs of the kernel. A namespace sandbox shares it with the host; there is no system-call filter and no virtual
  machine. Do not point this at code that is out to attack you in particular.
* What ``read_only`` and ``/usr`` contain is readable. List nothing that holds a secret.
* Load: processor time is bounded, not its share while it runs. Caches and memory bandwidth are shared.
* Truth: a program can print anything. A judge that must not be fooled looks at the ledger from outside, not at output.
* Without bubblewrap (macOS, some containers) there is no isolation, and ``run`` raises ``SandboxUnavailable``: what
  depends on it could not be judged. ``allow_unsandboxed=True`` runs the program all the same, with kernel limits only:
  it can then read and write whatever the user can, reach the network, and outlive its run.

Node's permission model (``programs.node``) refuses files, processes, workers and addons once more inside the sandbox.
It is a second fence, not the wall: its authors do not promise that it holds against malicious code.
"""

from algorand_coder.sandbox.bubblewrap import unavailable
from algorand_coder.sandbox.job import inside
from algorand_coder.sandbox.model import Cancelled, Limits, Mount, PrivateNetwork, SandboxResult, SandboxUnavailable
from algorand_coder.sandbox.programs import Program, node, python
from algorand_coder.sandbox.runner import Resident, run

__all__ = [
    "Cancelled",
    "Limits",
    "Mount",
    "PrivateNetwork",
    "Program",
    "Resident",
    "SandboxResult",
    "SandboxUnavailable",
    "inside",
    "node",
    "python",
    "run",
    "unavailable",
]
