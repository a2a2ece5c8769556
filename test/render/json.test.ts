// What editors and scripts read: every field, in its units.
import { expect, test } from "vitest";
import { sourceText, span } from "../../src/base/source.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { diagnosticsToJson } from "../../src/render/json.ts";

const source = sourceText("a.glif", "neuron 🧠 {\r\n  V = Q\r\n}\r\n");
const other = sourceText("b.glif", "x\n");

const full: Diagnostic = {
  code: "names/unknown",
  severity: "error",
  message: "nothing is called Q",
  primary: { span: span(source, 19, 20), text: "here\u001B" },
  secondary: [{ span: span(other, 0, 2), text: "there" }],
  notes: ["n"],
  help: ["h"],
  fixes: [{ title: "call it g", confidence: "certain", edits: [{ span: span(source, 19, 20), newText: "g" }] }],
};

test("a diagnostic in full", () => {
  const here = { file: "a.glif", line: 2, column: 7, endLine: 2, endColumn: 8, start: 19, end: 20 };
  expect(diagnosticsToJson([full])).toStrictEqual([
    {
      code: "names/unknown",
      severity: "error",
      message: "nothing is called Q",
      ...here,
      labels: [
        { ...here, text: "here\u001B", primary: true },
        {
          file: "b.glif",
          line: 1,
          column: 1,
          endLine: 2,
          endColumn: 1,
          start: 0,
          end: 2,
          text: "there",
          primary: false,
        },
      ],
      notes: ["n"],
      help: ["h"],
      fixes: [
        { title: "call it g", confidence: "certain", edits: [{ file: "a.glif", start: 19, end: 20, newText: "g" }] },
      ],
    },
  ]);
});

test("in reading order whatever the order found; columns count UTF-16 code units; it survives JSON", () => {
  const brace = { ...full, code: "b", primary: { span: span(source, 10, 11), text: "" } };
  const [one, two] = [diagnosticsToJson([full, brace]), diagnosticsToJson([brace, full])];
  expect(one).toStrictEqual(two);
  expect(one.map((d) => [d.code, d.line, d.column])).toStrictEqual([
    ["b", 1, 11],
    ["names/unknown", 2, 7],
  ]);
  expect(JSON.parse(JSON.stringify(one))).toStrictEqual(one);
  expect(diagnosticsToJson([])).toStrictEqual([]);
});
