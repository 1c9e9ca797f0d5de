"""The look of the HTML page, on screen and on paper; the same colours as the reference document."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1b1f23; font: 1.0625rem/1.55 Arial, "Liberation Sans", Helvetica, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5 { color: #14405f; line-height: 1.25; margin: 1.6em 0 .4em; break-after: avoid; }
h1 { font-size: 2.1rem; margin-top: 0; }
h2 { font-size: 1.5rem; margin-top: 2em; }
h3 { font-size: 1.2rem; }
h4, h5 { font-size: 1.05rem; }
.number { margin-right: .75em; }
p, ul, ol, table { margin: 0 0 1em; }
li > p { margin-bottom: .4em; }
.subtitle { font-size: 1.2rem; color: #535c66; }
.status { color: #8f2a12; font-weight: bold; letter-spacing: .05em; margin-bottom: .5em; }
.case-number { color: #535c66; }
.note { border-left: 3px solid #9db0bf; padding-left: .9em; color: #535c66; }
.open { border-left: 3px solid #b58900; padding: .4em .9em; background: #fff0b8; }
.exact { white-space: pre-wrap; }
mark { background: #fff0b8; color: inherit; padding: 0 .15em; }
a { color: #0b4f8a; }
a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; border-top: 2px solid #14405f; border-bottom: 2px solid #14405f; font-size: .95rem; }
caption { text-align: left; font-weight: bold; color: #14405f; padding: .6em 0 .4em; break-after: avoid; }
th, td { text-align: left; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #9db0bf; }
thead th { background: #e8eef3; color: #14405f; vertical-align: bottom; }
tfoot td { font-weight: bold; }
tfoot tr:first-child td { border-top: 2px solid #14405f; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
.signature { margin: 2.5rem 0; break-inside: avoid; }
.line { margin: 2rem 0 0; max-width: 24rem; }
.line .value { display: block; min-height: 1.6em; border-bottom: 1px solid #1b1f23; }
.line .label { display: block; font-size: .875rem; color: #535c66; }
.page-break { break-before: page; }
@media (max-width: 40rem) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.7rem; }
  th, td { padding: .3em; }
}
@page { size: A4; margin: 28mm 28mm 26mm; }
@media print {
  body { font-size: 11pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  tr, .note, .open { break-inside: avoid; }
  p { orphans: 2; widows: 2; }
  mark, .open, thead th { print-color-adjust: exact; }
  a { color: inherit; }
}
"""
