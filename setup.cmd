@echo off
rem Windows 10 and 11: install what is missing into .venv, then open the window. A double click will do.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set "PYTHONHOME="
set "PYTHONPATH="
if "%~d0"=="\\" (
    echo 本文件夹在网络盘上，装不了。请把它整个复制到本机硬盘（如 D:\geohazard），再运行一次。
    pause
    exit /b 2
)
cd /d "%~dp0"
set "PY="
for %%V in (3.11 3.12 3.13) do if not defined PY (py -%%V -c "" >nul 2>nul && set "PY=py -%%V")
if not defined PY (python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PY=python")
if not defined PY (
    echo 没有找到 Python 3.11、3.12 或 3.13（64 位）。请先安装 Python，再运行一次。
    pause
    exit /b 2
)
%PY% scripts\prepare.py %*
if errorlevel 1 (
    pause
    exit /b 1
)
