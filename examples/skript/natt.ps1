# Gör avtalsdokument av ett kalkylblad varje natt. Fungerar i Windows PowerShell 5.1 och i PowerShell 7.
# Spara filen som UTF-8 med BOM (så som den levereras); annars läser PowerShell 5.1 å, ä och ö fel.
#
# Prova för hand:
#   powershell -NoProfile -ExecutionPolicy Bypass -File natt.ps1 -Source D:\IOP\avtal.xlsx -Output D:\IOP\dokument -Log D:\IOP\logg
# Lägg i Schemaläggaren (en rad):
#   schtasks /Create /SC DAILY /ST 02:00 /TN "IOP-avtal" /TR "powershell -NoProfile -ExecutionPolicy Bypass -File D:\IOP\natt.ps1 -Source D:\IOP\avtal.xlsx -Output D:\IOP\dokument -Log D:\IOP\logg"
#
# Slutkoden går vidare till Schemaläggaren: 0 allt gick bra, 1 något avtal har fynd,
# 2 något kunde inte läsas eller skrivas. Vill du bara larma vid 2: kör med -FindingsAreFine.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Source,   # arbetsbok, tabell eller mapp med datafiler
    [Parameter(Mandatory = $true)] [string] $Output,   # mappen för dokumenten
    [Parameter(Mandatory = $true)] [string] $Log,      # mappen för loggarna
    [string] $Iopdocs = 'iopdocs',                     # programmet, till exempel D:\IOP\.venv\Scripts\iopdocs.exe
    [int] $KeepDays = 60,                              # så länge sparas loggarna
    [switch] $FindingsAreFine                          # slutkod 0 även när avtal har fynd
)

# Det program som körs får skriva på stderr utan att skriptet stannar; slutkoden avgör.
$ErrorActionPreference = 'Continue'

# Python skriver då UTF-8 också när utmatningen går till en fil.
$env:PYTHONUTF8 = '1'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false

$Log = (New-Item -ItemType Directory -Force -Path $Log).FullName
$logFile = Join-Path $Log ('iopdocs-{0:yyyy-MM-dd-HHmm}.jsonl' -f (Get-Date))
$report = Join-Path $Log 'rapport.html'

# --log-json lämnar en rad JSON per avtal på stderr, utan titlar, namn och andra personuppgifter.
# ForEach-Object gör text av de felposter som PowerShell 5.1 gör av varje rad på stderr.
$level = @()
if ($FindingsAreFine) { $level = @('--fail-on', 'ingen') }
$lines = & $Iopdocs batch $Source -o $Output --report $report --log-json @level 2>&1 | ForEach-Object { "$_" }
$code = $LASTEXITCODE
if ($null -eq $code) { $code = 2 }   # programmet fanns inte

# UTF-8 utan BOM i båda versionerna; Out-File gör olika.
[System.IO.File]::WriteAllLines($logFile, [string[]] @($lines))

Get-ChildItem -Path $Log -Filter 'iopdocs-*.jsonl' |
    Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-$KeepDays) } |
    Remove-Item -ErrorAction SilentlyContinue

Write-Output "Slutkod $code. Logg: $logFile"
exit $code
