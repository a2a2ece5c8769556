// Pictures of diagnostics, letter by letter.
import fc from "fast-check";
import { expect, test } from "vitest";
import { workOf } from "../work.ts";
import { sourceText, span } from "../../src/base/source.ts";
import type { SourceText, Span } from "../../src/base/source.ts";
import type { Diagnostic, Label } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostic, renderDiagnostics } from "../../src/render/terminal.ts";

const PLAIN = { color: false };

function diagnostic(primary: Label, more: Partial<Diagnostic> = {}): Diagnostic {
  const rest = { secondary: [], notes: [], help: [], fixes: [] };
  return {
    code: "units/mismatched-terms",
    severity: "error",
    message: "cannot add a current to a voltage",
    primary,
    ...rest,
    ...more,
  };
}

/** The span of the n-th occurrence of some text. */
function at(source: SourceText, text: string, occurrence = 0): Span {
  let start = source.text.indexOf(text);
  for (let i = 0; i < occurrence; i++) start = source.text.indexOf(text, start + 1);
  return span(source, start, start + text.length);
}

/** The picture without header and place. */
function picture(d: Diagnostic): string {
  return renderDiagnostic(d, PLAIN).split("\n").slice(3).join("\n");
}

const lif = sourceText(
  "models/lif.glif",
  "neuron LIF {\n\n\n\n  param I_0 = 150 pA\n\n\n\n  V' = (E_L - V + I_0) / τ\n}\n",
);

test("labels on one line and on several, with a gap and a help", () => {
  const d = diagnostic(
    { span: at(lif, "I_0", 1), text: "current (pA)" },
    {
      secondary: [
        { span: at(lif, "E_L - V"), text: "voltage (mV)" },
        { span: at(lif, "I_0"), text: "declared here, a current (pA)" },
      ],
      help: ["multiply by the membrane resistance `R_m` (GΩ): `R_m*I_0`"],
    },
  );
  expect(renderDiagnostic(d, PLAIN)).toBe(`\
error[units/mismatched-terms]: cannot add a current to a voltage
  ┌─ models/lif.glif:9:19
  │
5 │   param I_0 = 150 pA
  │         --- declared here, a current (pA)
  ·
9 │   V' = (E_L - V + I_0) / τ
  │         -------   ^^^ current (pA)
  │         └ voltage (mV)
  │
  = help: multiply by the membrane resistance \`R_m\` (GΩ): \`R_m*I_0\``);
});

test("texts hang from right to left; those that begin together share their stem; the primary lies over what surrounds it", () => {
  const d = diagnostic(
    { span: at(lif, "V", 1), text: "inner" },
    {
      secondary: [
        { span: at(lif, "E_L - V + I_0"), text: "sum" },
        { span: at(lif, "E_L"), text: "rest" },
        { span: at(lif, "I_0", 1), text: "" },
        { span: at(lif, "τ"), text: "time" },
      ],
    },
  );
  expect(picture(d)).toBe(`\
9 │   V' = (E_L - V + I_0) / τ
  │         ------^------    - time
  │         │     └ inner
  │         ├ sum
  │         └ rest`);
});

test("neighbouring lines have no gap between them; several notes and helps, and those of several lines are aligned", () => {
  const source = sourceText("a.glif", `${"\n".repeat(8)}one\ntwo\n`);
  const d = diagnostic(
    { span: at(source, "two"), text: "" },
    { secondary: [{ span: at(source, "one"), text: "first" }], notes: ["a\nb", "c"], help: ["d"] },
  );
  expect(renderDiagnostic({ ...d, severity: "warning" }, PLAIN)).toBe(`\
warning[units/mismatched-terms]: cannot add a current to a voltage
   ┌─ a.glif:10:1
   │
 9 │ one
   │ --- first
10 │ two
   │ ^^^
   │
   = note: a
           b
   = note: c
   = help: d`);
});

test("labels in other files come in blocks of their own, with line numbers aligned over all", () => {
  const other = sourceText("parts/channel.glif", `${"\n".repeat(99)}state V = 1 mV\n`);
  const d = diagnostic(
    { span: at(lif, "V'"), text: "again" },
    { secondary: [{ span: at(other, "V"), text: "first declared here" }] },
  );
  expect(renderDiagnostic(d, PLAIN)).toBe(`\
error[units/mismatched-terms]: cannot add a current to a voltage
    ┌─ models/lif.glif:9:3
    │
  9 │   V' = (E_L - V + I_0) / τ
    │   ^^ again
    │
    ┌─ parts/channel.glif:100:7
    │
100 │ state V = 1 mV
    │       - first declared here`);
});

test("a span over several lines is underlined to the end of its first", () => {
  const source = sourceText("a.glif", "reset {   \r\n  V <- E_L\r\n}\r\n");
  expect(picture(diagnostic({ span: span(source, 0, source.text.length), text: "this" }))).toBe(
    "1 │ reset {\n  │ ^^^^^^^ this",
  );
  expect(picture(diagnostic({ span: span(source, 10, 15), text: "from the end" }))).toBe(
    "1 │ reset {\n  │           ^ from the end",
  );
});

test("empty spans and the end of the file still have a caret", () => {
  const ended = sourceText("a.glif", "neuron A {\n");
  expect(picture(diagnostic({ span: span(ended, 11, 11), text: "expected `}`" }))).toBe("2 │\n  │ ^ expected `}`");
  const open = sourceText("a.glif", "neuron A {");
  expect(picture(diagnostic({ span: span(open, 10, 10), text: "expected `}`" }))).toBe(
    "1 │ neuron A {\n  │           ^ expected `}`",
  );
  expect(picture(diagnostic({ span: span(open, 7, 7), text: "here" }))).toBe("1 │ neuron A {\n  │        ^ here");
  const empty = sourceText("a.glif", "");
  expect(picture(diagnostic({ span: span(empty, 0, 0), text: "nothing" }))).toBe("1 │\n  │ ^ nothing");
  expect(picture(diagnostic({ span: span(open, 90, 99), text: "past the end" }))).toBe(
    "1 │ neuron A {\n  │           ^ past the end",
  );
});

test("tabs, wide characters, emoji and combining marks are underlined where they stand", () => {
  const cases: [line: string, guilty: string, shown: string, under: string][] = [
    ["\tV = 1", "V", "    V = 1", "    ^"],
    ["a\tV", "V", "a   V", "    ^"],
    ["神経 V", "V", "神経 V", "     ^"],
    ["V 神経", "神経", "V 神経", "  ^^^^"],
    ["🧠 V", "V", "🧠 V", "   ^"],
    ["V 🧠", "🧠", "V 🧠", "  ^^"],
    ["e\u0301x V", "V", "e\u0301x V", "   ^"],
    ["Θ_∞ ξ", "ξ", "Θ_∞ ξ", "    ^"],
  ];
  for (const [line, guilty, shown, under] of cases) {
    const source = sourceText("a.glif", line);
    expect(picture(diagnostic({ span: at(source, guilty), text: "" }))).toBe(`1 │ ${shown}\n  │ ${under}`);
  }
});

test("a line of a megabyte is shown through windows, one for each place", () => {
  const source = sourceText("a.glif", `${"x".repeat(500_000)}BAD${"y".repeat(300)}WORSE${"z".repeat(500_000)}`);
  const d = diagnostic(
    { span: at(source, "BAD"), text: "here" },
    { secondary: [{ span: span(source, 500_303, 900_000), text: "and here" }] },
  );
  let text = "";
  // Not one block for each character.
  expect(workOf(() => (text = renderDiagnostic(d, PLAIN)))).toBeLessThan(100_000);
  expect(text).toBe(`\
error[units/mismatched-terms]: cannot add a current to a voltage
  ┌─ a.glif:1:500001
  │
1 │ …${"x".repeat(40)}BAD${"y".repeat(77)}…
  │  ${" ".repeat(40)}^^^ here
1 │ …${"y".repeat(40)}WORSE${"z".repeat(75)}…
  │  ${" ".repeat(40)}${"-".repeat(81)} and here`);
});

test("near the ends of a long line the window keeps its width; one of combining marks alone stays short", () => {
  const source = sourceText("a.glif", "x".repeat(1000));
  expect(picture(diagnostic({ span: span(source, 1000, 1000), text: "" }))).toBe(
    `1 │ …${"x".repeat(120)}\n  │  ${" ".repeat(120)}^`,
  );
  expect(picture(diagnostic({ span: span(source, 0, 2), text: "" }))).toBe(`1 │ ${"x".repeat(120)}…\n  │ ^^`);
  const marks = sourceText("a.glif", "\u0301".repeat(100_000));
  expect(picture(diagnostic({ span: span(marks, 50_000, 50_001), text: "" })).length).toBeLessThan(1500);
  const wide = sourceText("a.glif", "神".repeat(10_000));
  expect(picture(diagnostic({ span: span(wide, 5000, 5001), text: "" }))).toBe(
    `1 │ …${"神".repeat(60)}…\n  │  ${" ".repeat(40)}^^`,
  );
  const pairs = sourceText("a.glif", "🧠".repeat(10_000));
  expect(picture(diagnostic({ span: span(pairs, 5000, 5002), text: "" }))).toBe(
    `1 │ …${"🧠".repeat(60)}…\n  │  ${" ".repeat(40)}^^`,
  );
});

test("control characters, directions and half surrogates appear as pictures, wherever they come from", () => {
  const source = sourceText("a\u001B]0;.glif", "a\u0000\u001B[31m\u007F\u009B\u202E\uD800 V");
  const d = diagnostic(
    { span: at(source, "V"), text: "la\u0007bel" },
    { message: "m\u001B[2J\r\n", notes: ["n\u0008"], help: ["h\u009D"] },
  );
  expect(renderDiagnostic(d, PLAIN)).toBe(`\
error[units/mismatched-terms]: m␛[2J␍␊
  ┌─ a␛]0;.glif:1:13
  │
1 │ a␀␛[31m␡<U+009B><U+202E><U+D800> V
  │                                  ^ la␇bel
  │
  = note: n␈
  = help: h<U+009D>`);
});

test("whatever the source and the span, no control character gets out and nothing throws", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.nat(320),
      fc.nat(40),
      fc.nat(320),
      (text, start, length, other) => {
        const source = sourceText(text, text);
        const label = { span: span(source, start, start + length), text };
        const d = diagnostic(label, {
          message: text,
          secondary: [{ span: span(source, other, other), text }],
          notes: [text],
          help: [text],
        });
        expect(renderDiagnostic(d, PLAIN)).not.toMatch(
          /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/,
        );
      },
    ),
  );
});

test("colour adds codes and changes nothing else", () => {
  const d = diagnostic(
    { span: at(lif, "I_0", 1), text: "current" },
    { secondary: [{ span: at(lif, "E_L"), text: "voltage" }], help: ["h"] },
  );
  const coloured = renderDiagnostic(d, { color: true });
  expect(coloured.replace(/\u001B\[[0-9;]*m/g, "")).toBe(renderDiagnostic(d, PLAIN));
  expect(coloured).toContain("\u001B[1;31merror[units/mismatched-terms]\u001B[0m");
  expect(coloured).toContain("\u001B[1;31m^^^");
  expect(coloured).toContain("\u001B[1;34m---");
  expect(renderDiagnostic({ ...d, severity: "warning" }, { color: true })).toContain("\u001B[1;33m^^^");
});

test("all of them: in reading order, counted", () => {
  const second = diagnostic({ span: at(lif, "τ"), text: "" }, { message: "second" });
  const first = diagnostic({ span: at(lif, "LIF"), text: "" }, { message: "first" });
  const between = diagnostic({ span: at(lif, "E_L"), text: "" }, { message: "between", severity: "warning" });
  expect(renderDiagnostics([second, first, between], PLAIN)).toBe(
    [
      renderDiagnostic(first, PLAIN),
      renderDiagnostic(between, PLAIN),
      renderDiagnostic(second, PLAIN),
      "2 errors, 1 warning",
    ].join("\n\n"),
  );
  expect(renderDiagnostics([between], PLAIN).split("\n").at(-1)).toBe("1 warning");
  expect(renderDiagnostics([first], PLAIN).split("\n").at(-1)).toBe("1 error");
  expect(renderDiagnostics([], PLAIN)).toBe("");
});

test("5,000 errors: the first hundred, and how many more", () => {
  const source = sourceText("a.glif", "V\n".repeat(5000));
  const all = Array.from({ length: 5000 }, (_, i) =>
    diagnostic({ span: span(source, 2 * i, 2 * i + 1), text: "" }, { message: `number ${i}` }),
  );
  const warning = diagnostic(
    { span: span(source, 9999, 9999), text: "" },
    { severity: "warning", message: "the last" },
  );
  const shown = renderDiagnostics([...all, warning], PLAIN);
  expect(shown.match(/^error/gm)).toHaveLength(100);
  expect(shown).toContain("number 99\n");
  expect(shown).toContain("the last\n");
  expect(shown.endsWith("\n\n… and 4,900 more errors\n\n5,000 errors, 1 warning")).toBe(true);
  expect(renderDiagnostics(all, PLAIN, 4999)).toContain("\n\n… and 1 more error\n\n");
  expect(renderDiagnostics([warning, warning, ...all], PLAIN, 1)).toContain(
    "… and 4,999 more errors and 1 more warning",
  );
});
