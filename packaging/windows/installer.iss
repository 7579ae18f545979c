; How an installer for Windows is made of the program that `python packaging\dev.py package` has frozen there
; (Inno Setup 6.3 or newer):
;
;   iscc /DVersion=0.1.0 /DProgram=C:\path\to\guided-session-timer packaging\windows\installer.iss
;
; /DHomepage=ADDRESS adds what `python packaging\addresses.py homepage` says, if that is set.
;
; NOT RUN YET: written on a system without Windows. Checked there: that the files it names exist, that it asks for no
; rights, and that nothing of the person's is named in it.
;
; It installs for one person, without asking for an administrator. What the person did and made lies in
; %LOCALAPPDATA%\guided-session-timer, where neither installing nor uninstalling ever looks.

#ifndef Version
  #error Name the version: /DVersion=0.1.0
#endif
#ifndef Program
  #error Name the folder with the frozen program: /DProgram=FOLDER
#endif

#define Name "Guided Session Timer"
#define Window "timer-app-window.exe"
#define FileType "GuidedSessionTimer.Session"
#define Checkout "..\.."

[Setup]
AppId={{D0DFADDA-BC8F-5A06-9EE7-5EAB18D5A543}
AppName={#Name}
AppVersion={#Version}
AppPublisher=The Guided Session Timer authors
#ifdef Homepage
AppPublisherURL={#Homepage}
#endif
DefaultDirName={autopf}\{#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
CloseApplications=yes
LicenseFile={#Checkout}\LICENSE
SetupIconFile={#Checkout}\assets\icons\guided-session-timer.ico
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName={#Name}
VersionInfoVersion={#Version}
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
OutputDir={#Checkout}\dist
OutputBaseFilename=guided-session-timer-{#Version}-setup

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Checkout}\assets\icons\session.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
; Windows goes by the last ending alone, and .yaml is not ours to take: so the program is offered under "Open with", and
; becomes the one that a double click starts once the person has chosen it there.
Root: HKA; Subkey: "Software\Classes\{#FileType}"; ValueType: string; ValueData: "Guided exercise session"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#FileType}\DefaultIcon"; ValueType: string; ValueData: "{app}\session.ico"
Root: HKA; Subkey: "Software\Classes\{#FileType}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\.yaml\OpenWithProgids"; ValueType: string; ValueName: "{#FileType}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\SupportedTypes"; ValueType: string; ValueName: ".yaml"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" open ""%1"""

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
