"""What the operating system says of a file, in the words of the people who read it."""

import errno

_REASONS = {
    errno.ENOENT: "找不到该文件或文件夹",
    errno.EACCES: "没有访问权限",
    errno.EPERM: "没有访问权限",
    errno.EROFS: "磁盘为只读",
    errno.ENOSPC: "磁盘已满",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "快捷链接指回了自己",
    errno.EIO: "磁盘读写出错（Input/output error）",
}


def reason(error: OSError | ValueError) -> str:
    """Why it failed, without a full stop; in the system's own words where we have none."""
    code = getattr(error, "errno", None) or 0
    return _REASONS.get(code) or getattr(error, "strerror", None) or str(error)
