"""Why a folder or a file in it cannot be used, in words for whoever stands before the device."""

from __future__ import annotations

import errno

_BY_NUMBER = {
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "a file stands where a folder was expected",
    errno.EISDIR: "a folder stands where a file was expected",
    errno.EACCES: "this account has no right to it",
    errno.EPERM: "this account has no right to it",
    errno.EROFS: "it can only be read",
    errno.ENOSPC: "its disk is full",
    errno.EDQUOT: "the share of the disk that this account has is full",
    errno.EFBIG: "its disk takes no file so large",
    errno.EBUSY: "another program has it",
    errno.EIO: "its disk does not answer as it should",
    errno.ETIMEDOUT: "no answer in time",
    errno.EHOSTDOWN: "the computer that has it does not answer",
    errno.EHOSTUNREACH: "no way leads to the computer that has it",
    errno.ENETUNREACH: "no way leads to the computer that has it",
    errno.ESTALE: "the computer that has it let it go",
}


def of_folder(why: OSError) -> str:
    """Why; where it is none of those that are known here, by the system's number, which is for IT."""
    known = _BY_NUMBER.get(why.errno or 0)
    return known or (f"it cannot be used (number {why.errno} of the system)" if why.errno else "it cannot be used")
