; The installer for Windows, for Inno Setup 6.3 or later. Never run by its makers: see docs/administrator/acceptance.md.
;   py dev.py package
;   iscc /DVersion=0.1.0 packaging\windows\gms_desktop.iss
; It installs for the whole machine, as an administrator. The data of the bench in %PROGRAMDATA%\gms_desktop are made
; writable for its users, and are touched neither by an upgrade nor by removal; keys stay in the credential store.

#ifndef Version
  #error Say the version: iscc /DVersion=0.1.0
#endif
#define Folder "..\..\dist\gms-desktop"

[Setup]
AppId={{7C1F3C3E-5D0B-4B35-9A53-2C0B6B8E7A41}
AppName=gms_desktop
AppVersion={#Version}
AppPublisher=The gms_desktop authors
DefaultDirName={autopf}\gms_desktop
DefaultGroupName=gms_desktop
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Folder}\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=gms-desktop-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
; An open bench keeps its program: Setup and removal ask to close it, and go on by themselves under no bench.
; The names are those of ui/open_mark.py.
AppMutex=gms_desktop-is-open,Global\gms_desktop-is-open
CloseApplications=no
SetupIconFile=..\..\dist\gms-desktop.ico
UninstallDisplayIcon={app}\gms-desktop-window.exe

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Libraries of the version before: of two versions in one folder Python would load some of each.
Type: filesandordirs; Name: "{app}\_internal"

[Dirs]
Name: "{commonappdata}\gms_desktop"; Permissions: users-modify; Flags: uninsneveruninstall

[Icons]
Name: "{group}\gms_desktop"; Filename: "{app}\gms-desktop-window.exe"; Parameters: "run"
Name: "{group}\Command line of gms_desktop"; Filename: "{cmd}"; Parameters: "/K gms-desktop.exe --help"; WorkingDir: "{app}"
Name: "{commondesktop}\gms_desktop"; Filename: "{app}\gms-desktop-window.exe"; Parameters: "run"

[Run]
Filename: "{app}\gms-desktop.exe"; Parameters: "--version"; Flags: runhidden
