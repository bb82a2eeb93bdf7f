@echo off
rem Windows 10 and 11: install what is missing into .venv, then pass the tests. The words after it go to pytest.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set "PYTHONHOME="
set "PYTHONPATH="
cd /d "%~dp0"
call setup.cmd --for-tests || exit /b 1
.venv\Scripts\python.exe scripts\test.py %*
