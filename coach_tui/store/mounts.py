"""What kind of file system a file is on."""

from __future__ import annotations

import os

_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "fuse.sshfs"})
_MOUNTS = "/proc/self/mountinfo"


def is_remote(path: str, mounts: str = _MOUNTS) -> bool:
    """Whether the file is on another machine, as far as the system says."""
    try:
        device = os.stat(path).st_dev
        with open(mounts, encoding="utf-8", errors="replace") as file:
            lines = file.readlines()
    except OSError:
        return False
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) > 2 and fields[2] == wanted and after.split()[:1]:
            return after.split()[0] in _REMOTE
    return False
