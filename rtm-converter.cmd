@echo off
rem Starts the converter command from a checkout, as rtm.cmd starts the rtm command.
setlocal
set "RTM_MAIN=io.github.rtmjava.app.RtmConverter"
call "%~dp0rtm.cmd" %*
exit /b %errorlevel%
