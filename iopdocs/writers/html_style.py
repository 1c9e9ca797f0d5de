"""The style sheet of the HTML page for screen and print, with the colours of the reference document."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1b1f23; font: 1.0625rem/1.55 Arial, "Liberation Sans", Helvetica, sans-serif; }
main, nav { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
main { padding-top: 2rem; padding-bottom: 4rem; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; top: .5rem; padding: .5em 1em; background: #fff; z-index: 1; }
.skip:focus { left: 1.25rem; }
nav { padding-top: 1rem; }
summary { display: inline-block; padding: .3em 0; color: #0b4f8a; cursor: pointer; }
summary::before { content: "+"; display: inline-block; width: 1.1em; font-weight: bold; }
details[open] summary::before { content: "\\2013"; }
nav ul { list-style: none; padding: 0 0 0 1.1em; columns: 18rem; }
nav li { padding: .15em 0; break-inside: avoid; }
h1, h2, h3, h4, h5, h6 { color: #14405f; line-height: 1.25; margin: 1.6em 0 .4em; break-after: avoid; break-inside: avoid; }
h1 { font-size: 2.1rem; margin-top: 0; }
h2 { font-size: 1.5rem; margin-top: 2em; }
h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1.05rem; }
.number { margin-right: .75em; }
p, ul, ol, .wide { margin: 0 0 1em; }
li > p { margin-bottom: .4em; }
.subtitle { font-size: 1.2rem; line-height: 1.4; color: #535c66; margin-bottom: .2em; }
.subtitle + :not(.subtitle) { margin-top: 1.2em; }
.status { color: #8f2a12; font-weight: bold; letter-spacing: .05em; margin-bottom: .5em; }
.case-number { color: #535c66; }
.note { border-left: 3px solid #9db0bf; padding-left: .9em; color: #535c66; }
.open { border-left: 3px solid #b58900; padding: .4em .9em; background: #fff0b8; }
.cover { border: 1px solid #9db0bf; padding: 0 1.25rem .5rem; margin: 2rem 0; }
.cover h2 { margin-top: 1em; }
.exact { white-space: pre-wrap; }
mark { background: #fff0b8; color: inherit; padding: 0 .15em; }
a { color: #0b4f8a; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; border-top: 2px solid #14405f; border-bottom: 2px solid #14405f; font-size: .95rem; }
caption { text-align: left; font-weight: bold; color: #14405f; padding: .6em 0 .4em; break-after: avoid; }
th, td { text-align: left; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #9db0bf; max-width: 20rem; overflow-wrap: break-word; }
thead th, thead td { background: #e8eef3; color: #14405f; vertical-align: bottom; }
tfoot td { font-weight: bold; }
tfoot tr:first-child td { border-top: 2px solid #14405f; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
.signature { margin: 2.5rem 0; break-inside: avoid; }
.line { margin: 2rem 0 0; max-width: 24rem; }
.line .value { display: block; min-height: 1.6em; border-bottom: 1px solid #1b1f23; }
.line .label { display: block; font-size: .875rem; color: #535c66; }
@media (max-width: 40rem) {
  main, nav { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.7rem; }
  h1, h2, h3, .subtitle { hyphens: auto; }
  .number { margin-right: .4em; }
  .cover { padding: 0 .75rem .5rem; }
  ul, ol { padding-left: 1.5rem; }
  th, td { padding: .3em; }
}
@page {
  size: A4;
  margin: 28mm 28mm 26mm;
  @bottom-right { content: counter(page) " (" counter(pages) ")"; font: 8.5pt Arial, "Liberation Sans", sans-serif; color: #535c66; }
}
@media print {
  html { font-size: 10.5pt; }
  body { font-size: 10.5pt; line-height: 1.4; }
  .skip, nav { display: none; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 22pt; }
  h2 { font-size: 15pt; margin-top: 1.4em; }
  h3 { font-size: 12pt; margin-top: 1.2em; }
  h4, h5, h6 { font-size: 10.5pt; }
  .page-break, .cover { break-before: page; }
  .cover { break-after: page; border: 0; padding: 0; margin: 0; }
  .wide { overflow: visible; }
  table { font-size: 9.5pt; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  th, td { max-width: 11rem; padding: .25em .4em; }
  tr, .note, .open { break-inside: avoid; }
  tbody tr:first-child, tbody tr:nth-last-child(2) { break-after: avoid; }
  tfoot { break-before: avoid; }
  p, li { orphans: 2; widows: 2; }
  mark, .open, thead th, thead td { print-color-adjust: exact; }
  a { color: inherit; }
}
"""
