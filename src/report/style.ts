// The look of the HTML report: on a screen, on a phone 320 pixels wide, and on A4. No font, image or script from elsewhere.

export const STYLE = `
:root { color-scheme: light; --ink: #1d1d1f; --soft: #55585e; --rule: #d5d7db; --wash: #f5f6f8; --link: #0b4f8a; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 964px; margin: 0 auto; padding: 36px 32px 56px; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 52px 0 12px; padding-top: 12px; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 30px 0 8px; }
p { margin: 0 0 10px; }
a { color: var(--link); }
code { font: 0.92em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code.whole { white-space: nowrap; }
.kicker { color: var(--soft); font-size: 0.9rem; margin: 0 0 4px; }
.doc, .soft, figcaption { color: var(--soft); }
.warn { border-left: 4px solid #d55e00; background: #fdf3ec; padding: 8px 14px; margin: 14px 0; }
nav { margin: 18px 0 0; font-size: 0.92rem; }
nav a { display: inline-block; padding: 3px 0; margin-right: 16px; }
.answer { background: var(--wash); border-left: 5px solid #0072b2; padding: 16px 20px 10px; margin: 22px 0 0; }
.answer h2 { all: unset; display: block; font-weight: 700; margin-bottom: 6px; }
.answer dl { margin: 0; }
.answer dt { font-weight: 600; margin-top: 10px; }
.answer dd { margin: 2px 0 6px; }
ul.told { list-style: none; margin: 0; padding: 0; }
ul.told li { margin: 0 0 5px; }
.variant { font-weight: 600; white-space: normal; }
.variant svg { width: 28px; height: 12px; margin-right: 6px; vertical-align: -1px; flex: none; }
.scroll { overflow-x: auto; margin: 10px 0 18px; border: 1px solid var(--rule); border-radius: 4px; -webkit-overflow-scrolling: touch; }
.scroll:focus-visible { outline: 3px solid #56b4e9; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
.scroll table, thead th { overflow-wrap: normal; }
th, td { padding: 8px 12px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--wash); font-weight: 600; vertical-align: bottom; }
thead th.number { min-width: 104px; }
tbody th { font-weight: 600; min-width: 120px; max-width: 230px; overflow-wrap: break-word; }
.scroll th:first-child { position: sticky; left: 0; background: #fff; box-shadow: 1px 0 0 var(--rule); z-index: 1; }
.scroll thead th:first-child, .scroll tr.group th { background: var(--wash); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
td.number small { display: block; color: var(--soft); font-size: 0.84em; }
td.number small.reason { white-space: normal; min-width: 90px; }
td.words { min-width: 250px; }
td.words small { color: var(--soft); font-size: 0.92em; margin-left: 4px; }
abbr { text-decoration: underline dotted var(--soft) 1px; text-underline-offset: 3px; cursor: help; }
thead .unit { display: block; font-weight: 400; color: var(--soft); }
.verdict { display: inline-block; border: 1.5px solid; border-radius: 10px; padding: 0 8px; font-size: 0.86em; font-weight: 600; white-space: nowrap; background: #fff; }
.verdict.fault { color: #8a1c1c; background: #fbeaea; }
.verdict.numerics { color: #5b2a86; background: #f3ecf9; }
.verdict.model { color: #0b4f8a; background: #e8f1f8; }
.verdict.seed { color: #6b5200; background: #fdf5e0; }
.verdict.step { color: #85390a; background: #fcefe6; border-style: dashed; }
.verdict.none, .verdict.unknown, .verdict.undefined { color: var(--soft); }
@media print, (min-width: 641px) { .changes { table-layout: fixed; } .changes th:first-child { width: 14%; } .changes th:nth-child(2) { width: 18%; } }
.changes thead th { overflow-wrap: anywhere; }
.changes td code { white-space: pre-wrap; overflow-wrap: anywhere; }
.change { white-space: nowrap; color: var(--soft); }
figure { margin: 18px 0 26px; }
figure svg { display: block; width: 100%; height: auto; }
figure .narrow { display: none; }
figcaption { font-size: 0.9rem; margin-top: 4px; }
dl.glossary dt { font-weight: 600; margin-top: 14px; }
dl.glossary dd { margin: 2px 0 0; }
ol.ranking { margin: 0; padding-left: 1.3em; }
pre { background: var(--wash); border: 1px solid var(--rule); border-radius: 4px; padding: 10px 14px; overflow-x: auto; font-size: 0.92rem; }
footer { margin-top: 48px; color: var(--soft); font-size: 0.88rem; border-top: 1px solid var(--rule); padding-top: 10px; }

@media screen and (max-width: 640px) {
  main { padding: 20px 14px 40px; }
  h1 { font-size: 1.6rem; }
  h2 { margin-top: 40px; }
  .answer { padding: 12px 14px 6px; }
  figure .wide { display: none; }
  figure .narrow { display: block; }
  tbody th { min-width: 96px; max-width: 140px; }
  th, td { padding: 7px 9px; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; width: auto; max-width: none; min-width: 0; }
  .cards tr { border: 1px solid var(--rule); border-radius: 4px; margin-bottom: 10px; padding: 6px 10px; }
  .cards th, .cards td { border: 0; padding: 3px 0; text-align: left; }
  .cards td[data-label] { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr); gap: 8px; }
  .cards td[data-label]::before { content: attr(data-label); color: var(--soft); font-size: 0.88em; }
  .cards td.change { grid-template-columns: 1fr; }
  .cards td.change::before { content: none; }
  .cards td.empty { display: none; }
  .cards td.words { min-width: 0; }
  .cards tr.group { border: 0; padding: 0; margin: 14px 0 4px; }
  .cards tr.group th { background: none; }
  .scroll:has(.cards) { border: 0; overflow: visible; }
  .scroll .cards { overflow-wrap: anywhere; }
  .cards td.number { white-space: normal; }
  .scroll .cards th:first-child { position: static; box-shadow: none; background: none; }
}

@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10.5pt; line-height: 1.42; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { margin-top: 26pt; }
  h2, h3, h3 + p, tr.group { break-after: avoid; }
  figure, tr, .answer, dl.glossary div { break-inside: avoid; }
  figure svg.wide { max-height: 235mm; margin: 0 auto; }
  .paired figure { display: inline-block; width: 44%; margin: 2pt 2%; vertical-align: top; }
  .paired figcaption { display: none; }
  .paired figure .wide { display: none; }
  .paired figure .narrow { display: block; }
  .scroll { overflow: visible; border: 0; }
  .scroll td { overflow-wrap: break-word; }
  td.number { white-space: normal; overflow-wrap: normal; }
  td.number small.reason { overflow-wrap: anywhere; }
  .verdict { white-space: normal; }
  pre { white-space: pre-wrap; }
  .scroll th:first-child { position: static; box-shadow: none; }
  table { font-size: 8.8pt; }
  th, td { padding: 3pt 5pt; }
  tbody th, thead th.number, td.words, td.number small.reason { min-width: 0; }
  a { color: inherit; text-decoration: none; }
  abbr { text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
