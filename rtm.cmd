@echo off
rem Starts the rtm command from a checkout; what is not built yet is built first. Environment:
rem   JAVA_HOME      the Java to use, 17 or newer; otherwise the one on the PATH
rem   RTM_JAVA_OPTS  more options for Java, for example -Xmx8g
rem   RTM_DEBUG=1    stack traces after errors
setlocal
if "%RTM_MAIN%"=="" set "RTM_MAIN=io.github.rtmjava.app.Rtm"
set "MODULE=rtm-app"
if "%RTM_MAIN%:%~1"=="io.github.rtmjava.app.Rtm:batch" set "MODULE=rtm-spark"
set "TARGET=%~dp0%MODULE%\target"

set "JAVA=java"
if not "%JAVA_HOME%"=="" set "JAVA=%JAVA_HOME%\bin\java"
set "MAJOR=0"
for /f "tokens=2 delims=. " %%v in ('"%JAVA%" --version 2^>nul ^| findstr /b /i "openjdk java"') do set "MAJOR=%%v"
if %MAJOR% LSS 17 (
  echo rtm: expected Java 17 or newer; install a JDK, or set JAVA_HOME to one 1>&2
  exit /b 1
)
set "OPTIONS="
if %MAJOR% GEQ 22 set "OPTIONS=--enable-native-access=ALL-UNNAMED -Djdk.console=java.base"
if %MAJOR% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"

if exist "%TARGET%\classpath.args" goto start
echo rtm: building it first, which takes a few minutes once 1>&2
pushd "%~dp0"
call mvnw.cmd -q -DskipTests -pl %MODULE% -am package 1>&2
popd
if not exist "%TARGET%\classpath.args" (
  echo rtm: the build failed; what Maven says stands above 1>&2
  exit /b 1
)

:start
"%JAVA%" -XX:+UseSerialGC -Dorg.bytedeco.javacpp.nopointergc=true %OPTIONS% %RTM_JAVA_OPTS% "@%TARGET%\classpath.args" %RTM_MAIN% %*
exit /b %errorlevel%
