// S01 to S13 of the hostile inputs: what must neither break nor slow down the parser. What grows is counted, not timed.
import { expect, test, vi } from "vitest";
import { growthOf } from "../work.ts";
import { at, badSpans, read, told } from "./reading.ts";

vi.setConfig({ testTimeout: 60_000 });

/** What is told, each code once. */
function codes(text: string): string[] {
  const { file, diagnostics } = read(text);
  if (text.length < 100_000) expect(badSpans(file)).toEqual([]);
  return [...new Set(diagnostics.map((d) => d.code))];
}

const inLet = (expression: string): string => `neuron N {\n  let x = ${expression}\n}`;

test("S01: nothing, comments alone, a byte-order mark", () => {
  for (const text of ["", "\uFEFF", "// a\n/* b */\n/// c\n", " \t\r\n"]) {
    const { diagnostics } = read(text);
    expect(told(diagnostics)).toEqual(["1:1 syntax/no-models"]);
    expect(diagnostics[0]?.severity).toBe("warning");
  }
  expect(told(read("\uFEFFneuron N { @ }").diagnostics)).toEqual(["1:12 syntax/unknown-character"]);
});

test("S02: the end inside braces is one message at the end", () => {
  const { diagnostics } = read("neuron A { reset {");
  expect(told(diagnostics)).toEqual(["1:19 syntax/unclosed"]);
  expect(diagnostics[0]?.message).toBe("expected `}`: `reset` opened at 1:12 is not closed");
});

test("S03: texts and comments that never end", () => {
  expect(codes(inLet(`"${":".repeat(1e6)}`))).toEqual(["syntax/unterminated-string"]);
  expect(codes(inLet(`"${"\\".repeat(1e6)}`))).toEqual(["syntax/unterminated-string"]);
  expect(codes(`neuron N { /*${"*".repeat(1e6)}`)).toEqual(["syntax/unterminated-comment"]);
  expect(codes(`neuron N { ${"/*/".repeat(3e5)}/*/`)).toEqual(["syntax/unterminated-comment"]);
  expect(codes('"'.repeat(1e5))).not.toEqual([]);
});

test.each([
  ["parentheses", "(", 1e5, 210],
  ["brackets", "[", 1e5, 210],
  ["calls", "f(", 1e5, 410],
  ["minus signs", "-", 20_000, 210],
  ["not", "not ", 20_000, 807],
  ["powers", "a^", 20_000, 410],
  ["signs in powers", "a^-", 20_000, 310],
  ["if", "if a then b else ", 20_000, 3394],
  ["if in conditions", "if ", 20_000, 608],
  ["subscripts", "a[", 20_000, 410],
  ["blocks", "b { ", 20_000, 809],
])("S04: %s nested deeper than 200, the neuron's brace among them", (_, opening, times, column) => {
  const text = `neuron N {\n  let x = ${opening.repeat(times)}`;
  expect(codes(text)).toEqual(["syntax/too-deep"]);
  const [message] = read(text).diagnostics;
  expect(message?.message).toBe("nested deeper than 200");
  expect(message && at(message.primary.span)).toBe(`2:${column}`);
});

test("S04: 190 of anything are well, and many side by side are not deep", () => {
  for (const [open, close] of [
    ["(", ")"],
    ["f(", ")"],
    ["-", ""],
    ["not ", ""],
    ["a^", ""],
    ["if a then b else ", ""],
    ["a[", "]"],
  ] as const) {
    expect(codes(inLet(open.repeat(190) + "1" + close.repeat(190)))).toEqual([]);
  }
  expect(codes(inLet(`a${" + -(b^2)".repeat(1000)}`))).toEqual([]);
  expect(codes(`neuron N {\n${"let x = if a then -b else c^-2\n".repeat(500)}}`)).toEqual([]);
});

test("S05: large files, long lines, all line ends", () => {
  expect(codes(" ".repeat(16 * 1024 * 1024 + 1))).toEqual(["syntax/file-too-large"]);
  expect(codes(`// ${"x".repeat(1e7)}`)).toEqual(["syntax/no-models"]);
  expect(codes(`neuron N {\n${"  param C = 58.7 pF /// of C\n".repeat(8000)}}`)).toEqual([]);
  expect(codes(`neuron N {${"param C = 58.7 pF; ".repeat(8000)}} /// a`)).toEqual([]);
  expect(codes(inLet(`1${" ".repeat(1e6)}mV`))).toEqual([]);
  expect(codes(inLet(`a${" + a".repeat(10_000)}`))).toEqual([]);
  for (const end of ["\n", "\r\n", "\r"]) {
    expect(told(read(["neuron N {", "  // 🙂 \u2028", "  let x = 🙂 + @", "}"].join(end)).diagnostics)).toEqual([
      "3:11 syntax/unknown-character",
      "3:16 syntax/unknown-character",
    ]);
  }
});

test("S05: four times the text is four times the work", () => {
  const growth = growthOf((count) => {
    read(`neuron N {\n${"  V' = (I_e - G*(V - E_L)) / C\n".repeat(count)}}`);
  }, 200);
  expect(growth).toBeLessThan(1.1);
});

// It was 5,000 messages: nobody reads them, and 130,000 took the memory of the process.
test("S06: of 5,000 mistakes the first 300 are told, and where reading ends", () => {
  for (const [line, code] of [
    ["param C = 58.7 pF param D = 3", "syntax/run-on"],
    ["param C 3 pF", "syntax/expected"],
    ["V' = a )", "syntax/unopened"],
  ] as const) {
    const { diagnostics } = read(`neuron N {\n${`  ${line}\n`.repeat(5000)}}`);
    expect(diagnostics.map((d) => d.code)).toEqual([
      ...Array.from({ length: 300 }, () => code),
      "syntax/too-many-mistakes",
    ]);
  }
});

test.each([
  "param C = 58.7 pF param D = 3",
  "param C 3 pF",
  "let x = |V",
  "on spike { V <- 3 }",
  "on pre.spike { g += w }",
])("S06: four times the mistakes is four times the work: %s", (line) => {
  const growth = growthOf((count) => {
    read(`neuron N {\n${`  ${line}\n`.repeat(count)}}`);
  }, 320);
  expect(growth).toBeLessThan(1.15);
});

test("S06: what has very many mistakes is given up, and says so", () => {
  const { file, diagnostics } = read(`neuron N {\n${"use 3\n".repeat(1200)}}`);
  expect(file.declarations).toEqual([]);
  expect(diagnostics.length).toBe(301);
  expect(diagnostics.at(-1)?.code).toBe("syntax/too-many-mistakes");
  // The next text is read as if nothing had been.
  expect(told(read("neuron N { use 3 }").diagnostics)).toEqual(["1:16 syntax/expected"]);
});

test("S07: NUL and other characters that cannot be seen", () => {
  expect(codes("\0".repeat(1e5))).toEqual(["syntax/unknown-character"]);
  expect(read("neuron\0 N { }").diagnostics[0]?.message).toBe("a NUL character (U+0000) means nothing here");
  expect(codes("\uD800 \uDC00 \uFFFE neuron N { \u0001 }")).toEqual(["syntax/unknown-character"]);
});

test("S09: numbers beyond what can be kept", () => {
  expect(told(read(inLet("1e999")).diagnostics)).toEqual(["2:11 syntax/number-overflow"]);
  expect(told(read(inLet("9".repeat(400))).diagnostics)).toEqual(["2:11 syntax/number-overflow"]);
  expect(told(read(inLet("1e-400 + 0e-400 + 0.000")).diagnostics)).toEqual(["2:11 syntax/number-underflow"]);
  expect(read(inLet("1e-400")).diagnostics[0]?.severity).toBe("warning");
  expect(codes(inLet("1.7976931348623157e308 + 5e-324"))).toEqual([]);
});

test.each([
  ["closing braces", "}".repeat(1e5)],
  ["words", "a b c d ".repeat(5e4)],
  ["signs", "= ' . , ; : ~ ^ ".repeat(2e4)],
  ["dots", inLet(`a${".a".repeat(5e4)}`)],
  ["one name", "x".repeat(1e6)],
  ["a list", `experiment X of Y { record a${",a".repeat(5e4)} }`],
  ["a size", `network N { population P = 1${"+1".repeat(5e4)} M }`],
  ["units", inLet(`1 ${"mV*".repeat(1e5)}`)],
  ["open resets", "neuron N { reset {\n".repeat(90)],
])("never quadratic: %s", (_, text) => {
  codes(text);
});
