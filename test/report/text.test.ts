// The report as Markdown, JSON, CSV and in a terminal; numbers and names as readers see them.
import { describe, expect, test } from "vitest";
import type { ComparisonResult } from "../../src/compare/comparison.ts";
import * as csv from "../../src/report/csv.ts";
import { comparisonJson as jsonPieces } from "../../src/report/json.ts";
import { markdownReport, plain } from "../../src/report/markdown.ts";
import { differenceText, estimate, rangesText, valueText } from "../../src/report/numbers.ts";
import { reproduction } from "../../src/report/reproduction.ts";
import { terminalSummary } from "../../src/report/terminal.ts";
import { nameText, oneLine, shellWord } from "../../src/report/words.ts";
import { HOSTILE, hostile, levels, small, swept } from "./fixture.ts";

const { result, traces } = levels(4);
const joined =
  <T>(pieces: (of: T) => Iterable<string>) =>
  (of: T): string =>
    [...pieces(of)].join("");
const [measuresCsv, curvesCsv, sweepCsv, comparisonJson] = [
  joined(csv.measuresCsv),
  joined(csv.curvesCsv),
  joined(csv.sweepCsv),
  joined(jsonPieces),
];

/** RFC 4180, by the letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}

describe("numbers", () => {
  test("four digits, a real minus sign, powers of ten where they are needed, a dash for what is not defined", () => {
    expect(
      [17.3211, 0.12531, 1240, 12345.6, -2.5, 0, -0, 3.14159e-7, 1.5e9, null, NaN, Infinity].map((v) => valueText(v)),
    ).toEqual([
      "17.32",
      "0.1253",
      "1240",
      "12,346",
      "\u22122.5",
      "0",
      "0",
      "3.142e\u22127",
      "1.5e9",
      "\u2014",
      "\u2014",
      "\u2014",
    ]);
    expect([3, -3, 0, null].map((v) => differenceText(v))).toEqual(["+3", "\u22123", "0", "\u2014"]);
  });

  test("a mean has the decimals that its interval leaves", () => {
    expect(estimate(36.4159, [35.9, 36.93])).toEqual({ mean: "36.42", interval: "35.90 to 36.93", half: "0.52" });
    expect(estimate(0.00123, [0.0002, 0.0032])).toEqual({
      mean: "0.0012",
      interval: "0.0002 to 0.0032",
      half: "0.0015",
    });
    expect(estimate(-12.9, [-13.4, -12.4], true)).toEqual({
      mean: "\u221212.90",
      interval: "\u221213.40 to \u221212.40",
      half: "0.50",
    });
    expect(estimate(0.001, [-0.4, 0.4], true).mean).toBe("0.00");
    expect(estimate(1234, [900, 1500]).interval).toBe("900 to 1500");
    expect(estimate(20, [20, 20]).interval).toBe("");
    expect(estimate(null, null)).toEqual({ mean: "\u2014", interval: "", half: "" });
  });

  test("seeds as ranges", () => {
    expect([[1, 2, 3], [7], [1, 2, 5, 9, 10], []].map(rangesText)).toEqual(["1 to 3", "7", "1 to 2, 5, 9 to 10", ""]);
  });
});

describe("words", () => {
  test("on one line, nothing invisible, shortened, never empty", () => {
    expect(oneLine("a\n b\u2028c")).toBe("a b c");
    expect(oneLine("\u202Eabc")).toBe("<U+202E>abc");
    expect([...nameText("x".repeat(10_000))]).toHaveLength(60);
    expect(nameText(" \n ")).toBe("(no name)");
  });

  test("the command can be pasted into a shell, whatever the file is called", () => {
    expect([shellWord("a.glif"), shellWord("it's $(rm).glif"), shellWord("-x")]).toEqual([
      "a.glif",
      `'it'\\''s $(rm).glif'`,
      "'-x'",
    ]);
    // Line breaks and escapes neither move the cursor nor get lost.
    expect(shellWord("a\nb\u001b['.glif")).toBe("$'a\\U0000000ab\\U0000001b[\\'.glif'");
    const result = small(2);
    const command = ["sweep", "small.glif", "Small", "--over", "b over [1, 2] ms", "--seed", "1"];
    expect(reproduction({ ...result, about: { ...result.about, command } })).toBe(
      "glif sweep small.glif Small --over 'b over [1, 2] ms' --seed 1",
    );
  });
});

describe("JSON", () => {
  test("reads back as the result, and does not depend on the order in which it was built", () => {
    const text = comparisonJson(result);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result)));
    expect(comparisonJson(reversed(result) as ComparisonResult)).toBe(text);
    expect(comparisonJson(JSON.parse(text) as ComparisonResult)).toBe(text);
    expect(text.startsWith('{\n  "format": "glif-comparison 1",\n  "name": "Levels"')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
  });

  test("numbers that are not finite are null, \u22120 is 0, hostile texts come back as they were", () => {
    const odd = comparisonJson(
      small(1, {
        name: HOSTILE,
        cells: [{ ...(small(1).cells[0] as ComparisonResult["cells"][number]), values: [NaN, Infinity, -0] }],
      }),
    );
    const back = JSON.parse(odd) as ComparisonResult;
    expect(back.name).toBe(HOSTILE);
    expect(back.cells[0]?.values).toEqual([null, null, 0]);
    expect(odd).not.toContain("-0");
  });
});

/** The same objects with their keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe("CSV", () => {
  test("one row a value, with its seed; numbers in full digits", () => {
    const rows = readCsv(measuresCsv(result));
    expect(rows[0]).toEqual(["variant", "experiment", "measure", "unit", "seed", "value"]);
    expect(rows).toHaveLength(1 + result.cells.reduce((sum, cell) => sum + cell.values.length, 0));
    const cell = result.cells.find((c) => c.variant === 2 && c.measure === 4);
    const own = rows.filter((row) => row[0] === "GLIF3" && row[2] === "van_rossum(tau: 10 ms)");
    expect(own.map((row) => Number(row[5]))).toEqual(cell?.values);
    expect(own.map((row) => row[4])).toEqual(["1", "2", "3", "4"]);
  });

  test("quotes, commas and line breaks in names; what is not defined is empty", () => {
    const bad = hostile().result;
    const rows = readCsv(measuresCsv(bad));
    expect(rows[1]?.[0]).toBe(HOSTILE);
    expect(rows.every((row) => row.length === 6)).toBe(true);
    expect(rows.slice(1).every((row) => row[5] === "")).toBe(true);
  });

  test("curves and sweeps, one point a row; without a sweep the header alone", () => {
    const curves = readCsv(curvesCsv(result));
    expect(curves).toHaveLength(1 + 5 * 7);
    expect(curves[1]?.slice(0, 9)).toEqual(["GLIF1", "Step", "fi_curve", "Hz", "I_e", "pA", "60", "firing rate", "Hz"]);
    const grid = swept(2, [3, 4]);
    const rows = readCsv(sweepCsv(grid));
    expect(rows[0]).toEqual([
      "variant",
      "experiment",
      "b_s (/ms)",
      "E.t_ref (ms)",
      "measure",
      "unit",
      "mean",
      "low",
      "high",
    ]);
    expect(rows).toHaveLength(1 + 2 * 12 * 3);
    const point = grid.sweep?.points[5];
    const row = rows[1 + 5 * 3];
    expect([Number(row?.[2]), Number(row?.[3]), Number(row?.[6])]).toEqual([
      grid.sweep?.axes[0]?.values[point?.at[0] ?? -1],
      grid.sweep?.axes[1]?.values[point?.at[1] ?? -1],
      point?.means[0],
    ]);
    expect(readCsv(sweepCsv(swept(1, [30, 30], "draws")))).toHaveLength(1 + 30 * 3);
    expect(sweepCsv(result)).toBe("variant,experiment,measure,unit,mean,low,high\n");
  });
});

describe("Markdown", () => {
  test("sections, tables whose rows are as long as their heads, figures as files", () => {
    const text = markdownReport(result, traces, "figures/");
    for (const heading of [
      "# Levels",
      "## The models",
      "### GLIF3 against GLIF1",
      "## Measures",
      "## What explains the differences",
      "## Against the recording",
      "## Where the numbers come from",
    ])
      expect(text).toContain(`${heading}\n`);
    expect(text).toContain("(figures/overlay-Step.svg)");
    expect(text).toContain("glif compare levels.glif Levels\n");
    expect(markdownReport(result)).not.toContain(".svg)");
    expectTables(text);
  });

  test("how often such a table would claim something of equal models is said", () => {
    const [first] = result.contrasts.filter((c) => c.interval !== null);
    if (first === undefined) throw new Error("no interval");
    const said = (count: number): string | undefined =>
      /The \d+ differences that chance may make are.*/.exec(
        markdownReport({ ...result, contrasts: Array.from({ length: count }, () => first) }, traces),
      )?.[0];
    expect([1, 48].map(said)).toEqual([
      undefined,
      "The 48 differences that chance may make are tested as one family (Holm): of equal models a table like this would claim something in 5 of 100 cases at most. The intervals are those of each difference by itself: each misses the true one with a chance of 5 %.",
    ]);
  });

  test("hostile names are text: no HTML, no link, no cell that ends early", () => {
    const bad = hostile();
    const text = markdownReport(bad.result, bad.traces);
    // what stands between equal runs of backquotes is code
    const outside = text.replace(/(?<![\\`])(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/<(?!U\+)[a-z/]/i);
    expect(outside).not.toMatch(/(?<!\\)\]\(http/);
    expectTables(text);
    expect([plain("1. a"), plain("- a"), plain("a_b*c|d <i>"), plain("http://x.org")]).toEqual([
      "1\\. a",
      "\\- a",
      "a\\_b\\*c\\|d &lt;i\\>",
      "http\\://x.org",
    ]);
  });

  function expectTables(text: string): void {
    const tables = text.split("\n\n").filter((block) => block.startsWith("| "));
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      const widths = table.split("\n").map((row) => row.replace(/\\\\/g, "").replace(/\\\|/g, "").split("|").length);
      expect(new Set(widths).size).toBe(1);
    }
  }
});

describe("the terminal", () => {
  test("a sentence about the model bears the name that is shown, once, and as it is written", () => {
    const label = `half the step ${"and more ".repeat(12)}`.trim();
    const variants = result.variants.map((v, k) => (k === 1 ? { ...v, label } : v));
    const structure = result.structure.map((s) =>
      s.variant === 1 ? { ...s, sentence: `${label} = GLIF1 with step 0.1 -> 0.05 ms` } : s,
    );
    const own = { ...result, variants, structure };
    const shown = nameText(label);
    expect(terminalSummary(own, { columns: 200, color: false, glyphs: true })).toContain(
      `  ${shown} = GLIF1 with step 0.1 \u2192 0.05 ms.`,
    );
    expect(terminalSummary(own, { columns: 200, color: false, glyphs: false }).join("\n")).toContain(
      "GLIF1 with step 0.1 -> 0.05 ms.",
    );
    const text = markdownReport(own, traces).replaceAll("\\", "");
    expect(text).toContain(`- **${shown}** = GLIF1 with step 0.1 \u2192 0.05 ms.`);
    expect(text).toContain(`\n${shown} = GLIF1 with step 0.1 \u2192 0.05 ms.`);
  });

  test("80 columns: the sentence, a table of measures with variants as rows, the verdicts", () => {
    const lines = terminalSummary(result, { columns: 80, color: false, glyphs: true });
    expect(lines.every((line) => [...line].length <= 80)).toBe(true);
    expect(lines[0]).toBe("Levels: 5 variants under Step (600 ms), 4 seeds each. Differences are taken to");
    expect(lines.some((line) => /^ +rate \(Hz\) +latency \(ms\)/.test(line))).toBe(true);
    expect(lines.filter((line) => /^ {2}GLIF3 .*\u00B1/.test(line)).length).toBeGreaterThan(0);
    expect(lines.some((line) => /^ {2}GLIF3 +rate +\u2212[\d.]+ Hz +the model$/.test(line))).toBe(true);
    // With a recording the summary leads with what is nearest to it.
    expect(lines.indexOf("GLIF5 is nearest by 1 of 2 measures.")).toBeLessThan(4);
    expect(lines).toContain("GLIF5 is nearest by 1 of 2 measures.");
  });

  test("colour where it is wanted, ASCII where it is needed", () => {
    const plainLines = terminalSummary(result, { columns: 80, color: false, glyphs: true });
    const coloured = terminalSummary(result, { columns: 80, color: true, glyphs: true });
    expect(coloured.join("\n")).toContain("\u001B[1m");
    expect(coloured.map((line) => line.replace(/\u001B\[[\d;]*m/g, ""))).toEqual(plainLines);
    expect(terminalSummary(result, { columns: 80, color: false, glyphs: false }).join("\n")).not.toMatch(
      /[\u00B1\u2212\u2014\u2026]/,
    );
  });

  test.each([40, 80, 120, 7])("hostile names in %d columns: no control character, no line too long", (columns) => {
    const lines = terminalSummary(hostile().result, { columns, color: false, glyphs: true });
    expect(lines.join("")).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u202A-\u202E]/);
    // the wide characters in it take two columns
    for (const line of lines)
      expect([...line].reduce((sum, c) => sum + (/[\u4E00-\u9FFF\u{1F9E0}]/u.test(c) ? 2 : 1), 0)).toBeLessThanOrEqual(
        Math.max(40, columns),
      );
  });

  test("what only rounding makes different is no finding of a sweep", () => {
    const made = swept(1, [3]);
    const points = (made.sweep?.points ?? []).map((p, k) => ({ ...p, means: p.means.map(() => 10 + 4e-15 * k) }));
    const told = terminalSummary(
      { ...made, sweep: made.sweep === null ? null : { ...made.sweep, points } },
      { columns: 200, color: false, glyphs: true },
    );
    expect(new Set(points.map((p) => p.means[0])).size).toBe(3);
    expect(told.find((line) => line.startsWith("firing rate "))).toBe("firing rate is 10 Hz at all points.");
  });

  test("a sweep is a table of its points up to a screenful; beyond, some of them and a curve, or of a grid a map, under a sentence on each measure", () => {
    const lines = terminalSummary(swept(1, [30]), { columns: 100, color: false, glyphs: true });
    const at = lines.findIndex((line) => line.startsWith("Over b_s, under "));
    const rows = lines.slice(at + 2, at + 14).map((line) => line.trim().split(/ {2,}/));
    expect(lines[at + 1]).toMatch(/^ {2}b_s \(\/ms\) /);
    // The first point has 10 Hz, the last 50; halves of the intervals are 2.
    expect(rows[0]?.slice(0, 2)).toEqual(["0.01", "10.0 \u00B1 2.0"]);
    expect(rows[11]?.slice(0, 2)).toEqual(["0.3", "50.0 \u00B1 2.0"]);
    expect(rows.map((row) => Number(row[0]))).toEqual([...rows.map((row) => Number(row[0]))].sort((a, b) => a - b));
    expect(lines[at + 14]).toBe("  12 of 30 points; all are in sweep.csv");
    const few = terminalSummary(swept(2, [3]), { columns: 200, color: false, glyphs: true });
    expect(few.filter((line) => /^ {2}0\.0[123] /.test(line))).toHaveLength(3);
    expect(few.join("\n")).not.toContain("points; all");
    expect(lines.find((line) => line.startsWith("firing rate goes from"))).toBe(
      "firing rate goes from 10 Hz (b_s = 0.01 /ms) to 50 Hz (b_s = 0.3 /ms); it changes most between b_s =",
    );
    expect(lines.slice(at + 15).filter((line) => /[\u2801-\u28FF]/.test(line)).length).toBeGreaterThan(5);
    // What belongs to comparisons of several variants is left out.
    expect(lines.join("\n")).not.toMatch(/1 variant|mean \u00B1 half/);
    const grid = terminalSummary(swept(1, [3, 4]), { columns: 100, color: false, glyphs: true });
    expect(grid.filter((line) => /^ {2}0\.0[123] +0\.0[1234] +\d/.test(line))).toHaveLength(12);
    const cube = terminalSummary(swept(1, [2, 2, 2]), { columns: 100, color: false, glyphs: true });
    expect(cube.filter((line) => /^ {2}0\.0[12] +0\.0[12] +0\.0[12] +\d/.test(line))).toHaveLength(8);
    const many = terminalSummary(swept(1, [4, 4, 4]), { columns: 100, color: false, glyphs: true });
    expect(many.at(-1)).toBe("  12 of 64 points; all are in sweep.csv");
    const map = terminalSummary(swept(1, [9, 9]), { columns: 100, color: false, glyphs: true });
    expect(map.filter((line) => /^ +0\.0\d \u2502[ \u2591-\u2593\u2588\u00B7]{18}\u2502$/.test(line))).toHaveLength(27);
    expect(map.at(-1)).toBe("  81 points; all are in sweep.csv");
  });

  test("nothing compared, nothing measured: still a sentence", () => {
    expect(
      terminalSummary(small(1, { contrasts: [], structure: [], experiments: [], cells: [] }), {
        columns: 80,
        color: false,
        glyphs: true,
      }),
    ).toEqual(["Small: 1 variant under no experiment that they have in common, 2 seeds each."]);
  });
});
