"""Why the system refused a file, in Chinese: its own words are English or follow the machine's language."""

import errno
import os

from geohazard_desktop.common.texts import _

_HELD = _("文件正被其他程序打开")
_SHARE_GONE = _("网络盘断开了")
_TOO_LONG = _("路径太长，Windows 只认 259 个字，请放到浅一些的文件夹")
# Windows' own numbers (winerror.h) say more than the errno that Python makes of them: 19 to 36 are all EACCES. A file
# that is open elsewhere is 32 where it is opened or deleted, and 5 where another one is moved over it.
_WINDOWS = {
    5: _("没有权限，或文件正被其他程序打开"),
    19: _("磁盘写保护了"),
    21: _("磁盘没有准备好，移动盘可能拔掉了"),
    32: _HELD,
    33: _HELD,
    39: _("磁盘满了"),
    53: _SHARE_GONE,
    59: _SHARE_GONE,
    64: _SHARE_GONE,
    67: _SHARE_GONE,
    112: _("磁盘满了"),
    121: _("网络盘没有回应"),
    123: _("文件名不合 Windows 的要求"),
    206: _TOO_LONG,
    225: _("被杀毒软件拦下了"),
    1117: _("磁盘读写出错，可能接触不良或已损坏"),
    1224: _HELD,
    1231: _SHARE_GONE,
}
_LONGEST_ON_WINDOWS = 259  # MAX_PATH less the closing zero; beyond it the system says that there is no such folder


def reason_of(error: OSError) -> str:
    """A phrase without full stop. What has no words of its own is told by its number, for whoever helps the office."""
    windows = getattr(error, "winerror", None)
    if windows in (2, 3) and _too_long(error):
        return _TOO_LONG
    if windows in _WINDOWS:
        return _WINDOWS[windows]
    words = {
        errno.ENOSPC: _("磁盘满了"),
        errno.EDQUOT: _("磁盘配额用完了"),
        errno.EACCES: _("没有权限，或文件正被其他程序打开"),
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
        errno.ESTALE: _SHARE_GONE,
        errno.ETIMEDOUT: _("网络盘没有回应"),
    }
    number = error.errno or 0
    return words.get(number) or _("系统不让，代号 {number}").format(number=errno.errorcode.get(number, number))


def _too_long(error: OSError) -> bool:
    names = (one for one in (error.filename, error.filename2) if isinstance(one, str | bytes))
    return any(len(os.fsdecode(one)) > _LONGEST_ON_WINDOWS for one in names)
