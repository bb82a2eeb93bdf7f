"""Set the program up and start its main job; setup.sh, test.sh, setup.cmd and test.cmd are the doors to it.

Runs on a bare Python (standard library only), outside the environment it makes: `.venv`, because Debian's pip refuses
to install into the system (PEP 668), filled from a lock of exact versions with hashes. Where packages come from is
pip's own configuration. Run again, it does nothing that is done already.

    prepare.py [WORKSPACE]     install, then the window; without a display the demo's map, cards and web page instead
    prepare.py --install-only  install, start nothing
    prepare.py --for-tests     install what the tests need as well, start nothing
"""

import hashlib
import os
import shutil
import struct
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import system_parts

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "geohazard-installed.txt"
DEMO_FOLDER = "演示成果"
WORKS = "works"
FAULTS_LEFT = 1

# What the program imports, late or early: a system library that is missing shows here, not in front of an officer.
SMOKE = (
    "import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtPdfWidgets, shapely, pyproj, pyogrio, rasterio, typst, folium"
)

# Other programs set these for the whole machine; packages of their Python would then be taken for those of the lock.
FOREIGN = ("PYTHONPATH", "PYTHONHOME")

# The web page's engine asks for later graphics libraries than 统信 20 has; the page is then seen in a browser.
ENGINE = "import PySide6.QtWebEngineWidgets"


def main(arguments: list[str]) -> int:
    for name in FOREIGN:
        os.environ.pop(name, None)
    sys.path.insert(0, str(ROOT))
    from geohazard_desktop.app import has_display, speak_utf8

    speak_utf8()
    install_only = "--install-only" in arguments
    for_tests = "--for-tests" in arguments
    words = [one for one in arguments if not one.startswith("--")]
    try:
        sentence = install(for_tests)
    except OSError as error:
        sentence = f"没有装成：{error}。请确认这个文件夹可以写、磁盘没有满、程序没有开着，再试一次。"
    if sentence:
        print(sentence, file=sys.stderr)
        return 2
    if install_only or for_tests:
        return 0
    if has_display():
        return run(*words)
    return show_without_window()


def install(for_tests: bool) -> str:
    """Make `.venv` hold exactly what the lock says; returns a sentence that says what failed, or ""."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13) or struct.calcsize("P") != 8:
        found = f"{sys.version.split()[0]}（{sys.executable}）"
        return f"需要 64 位的 Python 3.11、3.12 或 3.13，现在用的是 {found}。请安装后再试。"
    lock = ROOT / ("requirements-test.lock" if for_tests else "requirements.lock")
    wanted = _stamp(lock)
    # The test lock holds everything of the other one, so an environment made for tests also runs the program.
    complete = {wanted, _stamp(ROOT / "requirements-test.lock")}
    stamp = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []
    if not PYTHON.is_file() or not complete & set(stamp):
        sentence = system_parts.unfit()
        if sentence:
            return sentence
        print("正在建立 .venv 并安装 Python 包（下载约 300 MB，装好约 1 GB，第一次要几分钟）……", flush=True)
        sentence = _install(lock, stamp)
        if sentence:
            return sentence
        stamp = [wanted]
        STAMP.write_text(wanted + "\n", encoding="utf-8")
    if WORKS not in stamp:
        # SBK_EMBED is Qt for Python's own switch: its Python files, which lie zipped in a library and are compiled anew
        # at each start, are laid down beside it, where Python keeps what it compiled. Every start is shorter for it.
        unpacked = os.environ | {"SBK_EMBED": "no"}
        smoke = subprocess.run(
            [str(PYTHON), "-c", SMOKE], cwd=ROOT, check=False, capture_output=True, encoding="utf-8", env=unpacked,
            errors="replace",
        )  # fmt: skip
        sites = VENV.glob("lib/python3*/site-packages/PySide6/Qt")
        missing = [one for qt in sites for one in system_parts.missing_libraries(qt)]
        sentence = system_parts.without(missing) or system_parts.without_chinese()
        if sentence:
            return sentence
        if smoke.returncode:
            reason = (smoke.stderr.strip().splitlines() or ["?"])[-1]
            return f"Python 包装上了，但用不了：{reason}。多半是缺少系统库，请看 README.md 的“安装”。"
        engine = subprocess.run([str(PYTHON), "-c", ENGINE], cwd=ROOT, check=False, capture_output=True, env=unpacked)
        if engine.returncode:
            print(
                "网页引擎在这个系统上用不了（要 Mesa 21.1 以上），网页地图要用系统的浏览器看，别的都照常。", flush=True
            )
        # Who starts the program may have no right to write here, and then each start would compile it anew. It
        # also runs from what is not compiled.
        compiling = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(ROOT / "geohazard_desktop")]
        subprocess.run(compiling, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        STAMP.write_text("\n".join([*stamp, WORKS]) + "\n", encoding="utf-8")
    return ""


def _install(lock: Path, stamp: list[str]) -> str:
    # One of the same Python is added to. Any other is made anew: one of another Python, or half of one after a broken
    # download, would fail later and darkly.
    if not (PYTHON.is_file() and stamp and stamp[0].startswith(sys.version.split()[0] + " ")):
        if VENV.exists():
            if not STAMP.is_file():
                return f"文件夹 {VENV} 不是本程序建的，不去动它。请先给它改名，再运行一次。"
            # Moved before it is deleted: while the program runs from it, Windows refuses the move and all stays whole.
            old = VENV.with_name(f".venv-old-{os.getpid()}")
            VENV.rename(old)
            shutil.rmtree(old, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], cwd=ROOT, check=False).returncode:
            return f"建不成 {VENV}：请先安装 python3-venv，并确认这个文件夹可以写。"
    STAMP.write_text("unfinished\n", encoding="utf-8")
    words = ["--require-hashes", "--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--quiet"]
    pip = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", *words, "--requirement", str(lock)], cwd=ROOT, check=False
    )
    if pip.returncode:
        return (
            "Python 包没有装上（上面是 pip 的原话）。请检查网络和 pip 自己的设置（pip config list）再试；"
            "要用本单位的镜像，请在 pip 的设置里写。"
        )
    return ""


def _stamp(lock: Path) -> str:
    return f"{sys.version.split()[0]} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def run(*words: object) -> int:
    """Run the program with these words; returns its exit status."""
    return subprocess.run([str(PYTHON), str(ROOT / "main.py"), *map(str, words)], check=False).returncode


def show_without_window() -> int:
    """The main job on a machine without a display: the demo's map, cards and web page, in a folder that is named."""
    print("这台机器没有显示器，打不开窗口，改为用演示数据出一套图、卡和网页。", flush=True)
    folder = ROOT / DEMO_FOLDER / datetime.now().strftime("%Y%m%d-%H%M%S")
    folder.mkdir(parents=True)
    workspace = folder / "演示.gpkg"
    steps: list[list[object]] = [
        ["new", workspace, "--demo"],
        ["map", workspace, "--out", folder / "警示图.pdf"],
        ["map", workspace, "--out", folder / "警示图（公开）.pdf", "--profile", "public"],
        ["cards", workspace, "--out", folder / "明白卡"],
        ["web", workspace, "--out", folder / "网页地图.html"],
    ]
    worst = 0
    for step in steps:
        status = run(*step)
        if status > FAULTS_LEFT:
            print("“main.py {}”没有做成，停在这里。".format(" ".join(map(str, step))), file=sys.stderr)
            return status
        worst = max(worst, status)
    print(f"做好了，都在这个文件夹里（全部是示意数据）：{folder}")
    for path in sorted(one for one in folder.iterdir()):
        size = sum(one.stat().st_size for one in ([path] if path.is_file() else path.rglob("*")))
        print(f"  {path.name}  {size / 1024:.0f} KB")
    print("在有显示器的机器上再运行一次，就会打开窗口；全部命令见 main.py --help。")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
