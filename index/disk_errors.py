"""Errors of the operating system in plain words: what a place cannot do, and what the keeper can do about it."""

import errno

_REMEDIES = {
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "make room within your quota, or have it raised",
    errno.EFBIG: "raise the limit on the size of files (ulimit -f), or use a file system without one",
    errno.EROFS: "mount it for writing",
    errno.EACCES: "give the user of this command the right to read and write there",
    errno.EPERM: "give the user of this command the right to read and write there",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
    errno.ENFILE: "close other programs, or raise the limit on open files of this machine",
    errno.EIO: "check the disk, and mend or replace it",
    errno.EAGAIN: "raise the limit on processes (ulimit -u), or wait until the machine is less busy",
    errno.ENOMEM: "free some memory",
    errno.ESTALE: "mount it again",
    errno.ENOTCONN: "mount it again",
}


def remedy(error: OSError, otherwise: str) -> str:
    """What the keeper can do about an error; `otherwise` where only the use of the place tells."""
    return _REMEDIES.get(error.errno or 0, otherwise)


def reason(error: Exception) -> str:
    """What an error says; one of the operating system without its number and its path."""
    told = error.strerror if isinstance(error, OSError) else None
    return told or str(error) or type(error).__name__
