"""What the program needs of the system below it, and how an administrator brings it: asked by prepare.py.

Runs on a bare Python (standard library only). Packages are called as in Debian (统信, 麒麟桌面版: apt) and in Fedora
(麒麟服务器版, openEuler: dnf). Which libraries are missing is asked of the system itself (ldd).
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

LEAST_GLIBC = (2, 28)  # of PySide6 6.9.3 and of what the lock holds besides (.ci/wheels)
LEAST_GLIBC_ARM = (2, 39)  # of PySide6 6.9.3 for aarch64
LONGEST_INSIDE = 150  # of a path below this folder, .venv and a temporary name included; Windows takes 259 in all

# A Python that was built by hand lacks what was not there to build it with.
_MODULES = {
    "ssl": ("libssl-dev", "openssl-devel"),
    "sqlite3": ("libsqlite3-dev", "sqlite-devel"),
    "zlib": ("zlib1g-dev", "zlib-devel"),
    "bz2": ("libbz2-dev", "bzip2-devel"),
    "lzma": ("liblzma-dev", "xz-devel"),
    "ctypes": ("libffi-dev", "libffi-devel"),
}
_FONTS = (
    ("fonts-noto-cjk", "google-noto-sans-cjk-ttc-fonts"),
    ("fonts-noto-cjk", "google-noto-serif-cjk-ttc-fonts"),
)
# The parts of Qt without which there is no window, page or print; what else Qt brings may lack what it likes.
_PARTS = (
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "plugins/printsupport/*.so",
    "libexec/QtWebEngineProcess",
    "lib/libQt6WebEngineCore.so.6",
    "lib/libQt6Pdf.so.6",
)
_LIBRARIES = {
    "libasound": ("libasound2", "alsa-lib"),
    "libatomic": ("libatomic1", "libatomic"),
    "libcups": ("libcups2", "cups-libs"),
    "libdbus-1": ("libdbus-1-3", "dbus-libs"),
    "libdrm": ("libdrm2", "libdrm"),
    "libEGL": ("libegl1", "libglvnd-egl"),
    "libexpat": ("libexpat1", "expat"),
    "libfontconfig": ("libfontconfig1", "fontconfig"),
    "libfreetype": ("libfreetype6", "freetype"),
    "libgbm": ("libgbm1", "mesa-libgbm"),
    "libGL": ("libgl1", "libglvnd-glx"),
    "libglib-2.0": ("libglib2.0-0", "glib2"),
    "libgobject-2.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0": ("libglib2.0-0", "glib2"),
    "libgio-2.0": ("libglib2.0-0", "glib2"),
    "libgssapi_krb5": ("libgssapi-krb5-2", "krb5-libs"),
    "libnspr4": ("libnspr4", "nspr"),
    "libnss3": ("libnss3", "nss"),
    "libnssutil3": ("libnss3", "nss-util"),
    "libplc4": ("libnspr4", "nspr"),
    "libplds4": ("libnspr4", "nspr"),
    "libsmime3": ("libnss3", "nss"),
    "libX11": ("libx11-6", "libX11"),
    "libX11-xcb": ("libx11-xcb1", "libX11-xcb"),
    "libxcb": ("libxcb1", "libxcb"),
    "libxcb-cursor": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr": ("libxcb-randr0", "libxcb"),
    "libxcb-render": ("libxcb-render0", "libxcb"),
    "libxcb-render-util": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape": ("libxcb-shape0", "libxcb"),
    "libxcb-shm": ("libxcb-shm0", "libxcb"),
    "libxcb-sync": ("libxcb-sync1", "libxcb"),
    "libxcb-util": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xinerama": ("libxcb-xinerama0", "libxcb"),
    "libxcb-xkb": ("libxcb-xkb1", "libxcb"),
    "libXcomposite": ("libxcomposite1", "libXcomposite"),
    "libXdamage": ("libxdamage1", "libXdamage"),
    "libXext": ("libxext6", "libXext"),
    "libXfixes": ("libxfixes3", "libXfixes"),
    "libXi": ("libxi6", "libXi"),
    "libxkbcommon": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbfile": ("libxkbfile1", "libxkbfile"),
    "libXrandr": ("libxrandr2", "libXrandr"),
    "libXrender": ("libxrender1", "libXrender"),
    "libxshmfence": ("libxshmfence1", "libxshmfence"),
    "libXtst": ("libxtst6", "libXtst"),
}


def unfit() -> str:
    """Why nothing can be installed here at all, as a sentence; "" where something can."""
    return _place() or _system() or _python()


def _place() -> str:
    root = Path(__file__).resolve().parent.parent
    if os.name == "nt" and len(str(root)) + LONGEST_INSIDE > 259:
        return f"文件夹 {root} 的路径太长，Windows 装不下里面的文件。请把它移到短的地方（如 D:\\geohazard）再试。"
    return ""


def _system() -> str:
    if not sys.platform.startswith("linux"):
        return ""
    machine = platform.machine()
    name, found = glibc()
    if machine not in ("x86_64", "AMD64", "aarch64"):
        return f"这台机器的处理器是 {machine}，PySide6 没有给它的安装包，装不了。请换用 x86-64 的机器。"
    least = LEAST_GLIBC_ARM if machine == "aarch64" else LEAST_GLIBC
    if found < least:
        wanted = ".".join(map(str, least))
        return (
            f"这个系统的 {name} 太旧，{machine} 上要 glibc {wanted} 以上，装不了。"
            "请换用新一些的系统（x86-64：统信 20、麒麟 V10、Debian 10 以上）。"
        )
    return ""


def glibc() -> tuple[str, tuple[int, ...]]:
    """The system's C library: its name with version, and the version; another one than glibc has none, ()."""
    try:
        words = (os.confstr("CS_GNU_LIBC_VERSION") or "").split()
    except (AttributeError, OSError, ValueError):
        words = []
    if len(words) != 2 or words[0] != "glibc":
        return "C 库（不是 glibc）", ()
    return " ".join(words), tuple(int(one) for one in words[1].split(".")[:2])


def _python() -> str:
    missing = []
    for name, packages in _MODULES.items():
        try:
            import_module(name)
        except ImportError:
            missing.append((name, packages))
    if missing:
        names = "、".join(one for one, _packages in missing)
        bring = _bring([one for _name, one in missing])
        return (
            f"这个 Python（{sys.executable}）编译时缺东西，没有 {names}。{bring}，"
            "再重新编译、安装 Python（./configure && make && make altinstall），然后再试。"
        )
    from geohazard_desktop.common.errors import SystemUnfit
    from geohazard_desktop.common.sqlite_fitness import refuse_unfit_sqlite

    try:
        refuse_unfit_sqlite()
    except SystemUnfit as error:
        return str(error)
    return ""


def missing_libraries(qt: Path) -> list[str]:
    """Libraries of the system that Qt below `qt` does not find, by file name; none where nobody can be asked."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return []
    found: dict[str, None] = {}
    for part in _PARTS:
        for path in sorted(qt.glob(part)):
            told = subprocess.run(
                ["ldd", str(path)], check=False, capture_output=True, text=True, errors="replace",
                env=os.environ | {"LC_ALL": "C"},
            )  # fmt: skip
            lines = (one.split() for one in told.stdout.splitlines() if one.rstrip().endswith("not found"))
            found |= {one[0]: None for one in lines if len(one) > 1 and one[1] == "=>"}
    return list(found)


def without(libraries: Sequence[str]) -> str:
    """The sentence that names missing libraries and the packages that bring them."""
    if not libraries:
        return ""
    packages = [_LIBRARIES[stem] for stem in (one.partition(".so")[0] for one in libraries) if stem in _LIBRARIES]
    names = "、".join(libraries)
    bring = _bring(dict.fromkeys(packages)) if packages else "请管理员装上含有它们的软件包"
    return f"系统里缺少 {names}，窗口打不开。{bring}，再运行一次。"


def without_chinese() -> str:
    """The sentence for a system that has no Chinese font; "" where it has one, or nobody can be asked."""
    if not sys.platform.startswith("linux") or shutil.which("fc-list") is None:
        return ""
    told = subprocess.run(["fc-list", ":lang=zh-cn", "family"], check=False, capture_output=True)
    if told.returncode or told.stdout.strip():
        return ""
    return f"系统里没有中文字体，窗口上的字都是方框，图和卡也印不出来。{_bring(_FONTS)}，再运行一次。"


def _bring(packages: Iterable[tuple[str, str]]) -> str:
    apt, dnf = (" ".join(dict.fromkeys(names)) for names in zip(*packages, strict=True))
    if shutil.which("apt-get"):
        return f"请管理员运行 apt-get install {apt}"
    rpm = next((one for one in ("dnf", "yum") if shutil.which(one)), "")
    if rpm:
        return f"请管理员运行 {rpm} install {dnf}"
    return f"请管理员装上它们（apt：{apt}；dnf：{dnf}）"
