"""What the disk under a file is: its kind, whether it is on a network, its free space, who may open what."""

import os
from pathlib import Path

from hubcli.errors import HubError

NETWORK = frozenset({
    "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "curlftpfs", "davfs", "fuse.ceph", "fuse.cephfs",
    "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "vboxsf",
})  # fmt: skip
"""Kinds of file systems where the locks of SQLite do not hold."""


def kind(path: Path) -> str:
    """Give the kind of file system that a path lies on, such as ext4; empty where the system does not say."""
    source = os.environ.get("HUB_MOUNTINFO") or "/proc/self/mountinfo"
    try:
        lines = Path(source).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    where = str(path.resolve())
    best, found = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) > 4 and after:
            mount = fields[4].replace("\\040", " ").rstrip("/")
            if len(mount) >= best and (where == mount or where.startswith(mount + "/")):
                best, found = len(mount), after.split()[0]
    return found


def refuse_network(path: Path) -> None:
    """Raise network_disk for a database on a network disk: two machines would write it at once."""
    found = kind(path)
    if found in NETWORK:
        raise HubError("network_disk", path=path, kind=found)


def free(folder: Path) -> int:
    """Give the bytes that are free for this user."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
