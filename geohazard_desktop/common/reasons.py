"""Why the system refused a file, in Chinese: its own words are English or follow the machine's language."""

import errno

from geohazard_desktop.common.texts import _


def reason_of(error: OSError) -> str:
    """A phrase without full stop. What has no words of its own is told by its number, for whoever helps the office."""
    words = {
        errno.ENOSPC: _("磁盘满了"),
        errno.EDQUOT: _("磁盘配额用完了"),
        errno.EACCES: _("没有权限，或文件正被打开"),
        errno.EPERM: _("没有权限"),
        errno.EROFS: _("磁盘是只读的"),
        errno.ENOENT: _("文件夹或文件不在"),
        errno.ENAMETOOLONG: _("文件名太长"),
        errno.EINVAL: _("文件名或磁盘不合要求"),
        errno.EISDIR: _("这是一个文件夹"),
        errno.ENOTDIR: _("上级不是文件夹"),
        errno.EEXIST: _("同名的东西已经在那里"),
        errno.ENOTEMPTY: _("文件夹里有东西"),
        errno.EBUSY: _("正被别的程序占用"),
        errno.EIO: _("磁盘读写出错，可能接触不良或已损坏"),
        errno.ENODEV: _("磁盘不在"),
        errno.ENXIO: _("磁盘不在"),
        errno.EMFILE: _("打开的文件太多"),
        errno.ESTALE: _("网络盘断开了"),
        errno.ETIMEDOUT: _("网络盘没有回应"),
    }
    number = error.errno or 0
    return words.get(number) or _("系统不让，代号 {number}").format(number=errno.errorcode.get(number, number))
