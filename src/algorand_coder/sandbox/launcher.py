"""Runs inside the sandbox as its first program and becomes the program under test.

A stand-alone script: it is executed by path, in isolated mode, and imports the standard library alone. Over a Unix
socket, whose descriptor is its argument, it gets a JSON order, hands out listening sockets of its own network, and
says that it is about to start. Then it has limited itself, given up every privilege, and kept nothing open.
"""

import array
import base64
import json
import os
import resource
import socket
import sys


def main() -> None:
    """Follow the order on descriptor ``argv[1]``."""
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        order = json.loads(_receive(control))
        _hand_out_listeners(control, order["ports"])
        if order["uid"] is not None:
            os.setgroups([])
            os.setgid(order["uid"])
            os.setuid(order["uid"])
        _write_files(order["root"], order["files"])
        os.chdir(os.path.join(order["root"], order["cwd"]))  # noqa: PTH118  no pathlib: its import costs milliseconds
        _limit(order["limits"])
    except Exception as error:  # the judge must hear of it whatever it is
        control.sendall(b"F" + repr(error).encode())
        os._exit(126)
    control.set_inheritable(False)
    control.sendall(b"S")
    try:
        os.execvpe(order["command"][0], order["command"], order["env"])  # noqa: S606
    except OSError as error:
        sys.stderr.write(f"{order['command'][0]}: {error.strerror}\n")
        sys.stderr.flush()
        os._exit(127)


def _receive(control: socket.socket) -> bytes:
    length = int.from_bytes(_exactly(control, 8), "big")
    return _exactly(control, length)


def _exactly(control: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = control.recv(min(count, 1 << 20))
        if not part:
            raise EOFError("the judge has gone away")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _hand_out_listeners(control: socket.socket, ports: "list[int]") -> None:
    if not ports:
        return
    listeners = []
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
        listeners.append(listener)
    descriptors = array.array("i", [listener.fileno() for listener in listeners])
    control.sendmsg([b"L"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
    for listener in listeners:
        listener.close()


def _write_files(root: str, files: "dict[str, str]") -> None:
    for name, content in files.items():
        path = os.path.join(root, name)  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(base64.b64decode(content))


def _limit(limits: "dict[str, int]") -> None:
    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            # A process over its soft CPU limit gets a signal that names the reason, over its hard limit just SIGKILL.
            resource.setrlimit(kind, (wanted, wanted + 1 if name == "RLIMIT_CPU" else wanted))
        except (ValueError, OSError):
            if sys.platform == "linux":
                raise


if __name__ == "__main__":
    main()
