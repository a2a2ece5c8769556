// What the comparisons of models/comparisons expect, in numbers; and that their gallery shows what they find.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  comparisonProblems,
  comparisons,
  comparisonsReadme,
  exhibitFigures,
  runExhibit,
  type Compared,
} from "../../scripts/comparisons.ts";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import type { Cell, Contrast } from "../../src/compare/comparison.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { host, MODELS, reference } from "../conformance/harness.ts";

const FOLDER = join(MODELS, "comparisons");
const done = new Map<string, Compared>();

beforeAll(async () => {
  for (const exhibit of comparisons) done.set(exhibit.comparison, await runExhibit(exhibit));
}, 300_000);

function found(name: string): Compared {
  const compared = done.get(name);
  if (compared === undefined) throw new Error(`${name} is not in the gallery`);
  return compared;
}

interface Place {
  readonly variant: number;
  readonly measure: number;
  readonly experiment: number;
}

function placeOf(name: string, variant: string, measure: string, experiment: string | null): Place {
  const { result } = found(name);
  const place = {
    variant: result.variants.findIndex((v) => v.label === variant),
    measure: result.measures.findIndex((m) => m.key === measure),
    experiment: experiment === null ? 0 : result.experiments.findIndex((e) => e.name === experiment),
  };
  if (Object.values(place).some((n) => n < 0))
    throw new Error(`${name} has no ${measure} of ${variant} under ${experiment ?? "its experiment"}`);
  return place;
}

const isAt =
  (place: Place) =>
  (other: Place): boolean =>
    other.variant === place.variant && other.measure === place.measure && other.experiment === place.experiment;

function cell(name: string, variant: string, measure: string, experiment: string | null = null): Cell {
  return found(name).result.cells.find(isAt(placeOf(name, variant, measure, experiment))) as Cell;
}

function mean(name: string, variant: string, measure: string, experiment: string | null = null): number {
  return cell(name, variant, measure, experiment).mean ?? NaN;
}

function contrast(name: string, variant: string, measure: string, experiment: string | null = null): Contrast {
  return found(name).result.contrasts.find(isAt(placeOf(name, variant, measure, experiment))) as Contrast;
}

test.each(readdirSync(FOLDER).filter((f) => f.endsWith(".glif")))("%s is free of mistakes", (file) => {
  const path = join(FOLDER, file);
  const { program, diagnostics } = check(sourceText(path, readFileSync(path, "utf8")), host);
  expect(renderDiagnostics(diagnostics, { color: false })).toBe("");
  expect(program?.comparisons.map((c) => c.name)).toEqual(
    comparisons.filter((e) => `${e.file}.glif` === file).map((e) => e.comparison),
  );
});

test("the gallery shows what the comparisons find", () => {
  expect(comparisonProblems()).toEqual([]);
  for (const compared of done.values()) {
    for (const [name, svg] of exhibitFigures(compared)) {
      const stored = readFileSync(join(FOLDER, "figures", name), "utf8");
      // Compared by the place of the first difference: a whole figure is no message.
      expect(
        stored === svg ? -1 : [...svg].findIndex((c, k) => c !== stored[k]),
        `${name}: run npx tsx scripts/comparisons.ts`,
      ).toBe(-1);
    }
  }
  expect(readFileSync(join(FOLDER, "README.md"), "utf8"), "run npx tsx scripts/comparisons.ts").toBe(
    comparisonsReadme([...done.values()]),
  );
});

/** GLIF does not fire under 400 pA. */
const SILENT = ["Currents: GLIF has no cv_isi", "Currents: GLIF has no adaptation"];

test("all of them come to an end, with nothing that was left out", () => {
  for (const { exhibit, result } of done.values()) {
    expect([exhibit.comparison, result.complete]).toEqual([exhibit.comparison, true]);
    for (const { undefinedBecause, variant, measure } of result.cells) {
      if (undefinedBecause !== "")
        expect(SILENT).toContain(
          `${exhibit.comparison}: ${result.variants[variant]?.label} has no ${result.measures[measure]?.key}`,
        );
    }
  }
});

describe("levels: five levels of GLIF on one cell, 20 seeds", () => {
  const LEVELS = ["LIF", "LIF-R", "LIF-ASC", "LIF-R-ASC", "LIF-R-ASC-A"];
  const all = (measure: string, experiment: string): number[] =>
    LEVELS.map((level) => mean("Levels", level, measure, experiment));

  test("under a step 18, 25, 10, 11 and 12 spikes in 600 ms, as the reference of the cell has them", () => {
    expect(all("rate", "Step").map((rate) => Math.round(rate * 0.6))).toEqual(
      [1, 2, 3, 4, 5].map((n) => reference(`glif${n}_allen_bmtk_637930677`).reference.spike_times_continuous_ms.length),
    );
    const [one = NaN, two = NaN, ...more] = all("cv_isi", "Step");
    expect([one, two].every((cv) => cv < 0.002)).toBe(true);
    expect(more.every((cv) => cv > 0.02)).toBe(true);
  });

  test("under noise the reset rule makes it faster and less regular, after-spike currents slower and more regular, beyond seeds and step", () => {
    const [r1 = NaN, r2 = NaN, ...slow] = all("rate", "Noisy");
    expect(r2).toBeGreaterThan(1.2 * r1);
    expect(Math.max(...slow)).toBeLessThan(0.85 * r1);
    const [c1 = NaN, c2 = NaN, ...regular] = all("cv_isi", "Noisy");
    expect(c2).toBeGreaterThan(1.2 * c1);
    expect(Math.max(...regular)).toBeLessThan(0.8 * c1);
    for (const level of LEVELS.slice(1))
      for (const measure of ["rate", "cv_isi"])
        expect(contrast("Levels", level, measure, "Noisy").verdict).toBe("model");
    expect(cell("Levels", "LIF-ASC", "rate", "Noisy").values).toHaveLength(20);
  });

  test("all levels get the same noise under one seed: their spikes are nearer to each other than those of other seeds", () => {
    for (const level of LEVELS.slice(1)) {
      const { seedSpread } = contrast("Levels", level, "van_rossum(tau: 10 ms)", "Noisy");
      expect(mean("Levels", level, "van_rossum(tau: 10 ms)", "Noisy")).toBeLessThan(0.9 * (seedSpread ?? NaN));
    }
  });
});

describe("abstractions: LIF, GLIF, AdEx and Hodgkin-Huxley on one step", () => {
  test("all fire; two like a clock, two adapting", () => {
    expect(["LIF", "GLIF", "AdEx", "Hodgkin-Huxley"].map((v) => mean("Abstractions", v, "rate"))).toEqual([
      53, 14, 10, 55,
    ]);
    for (const clock of ["LIF", "Hodgkin-Huxley"]) {
      expect(mean("Abstractions", clock, "cv_isi")).toBeLessThan(0.01);
      expect(Math.abs(mean("Abstractions", clock, "adaptation"))).toBeLessThan(0.001);
    }
    expect(mean("Abstractions", "GLIF", "adaptation")).toBeGreaterThan(0.03);
    expect(mean("Abstractions", "AdEx", "adaptation")).toBeGreaterThan(0.08);
  });
});

describe("ca1: GLIF is too regular, A-GLIF is not", () => {
  /** Of the recorded cell, its spikes under 400, 600, 800 and 1000 pA. */
  const recorded: readonly (readonly number[])[] = [400, 600, 800, 1000].map(
    (I) => reference("aglif_95822000").reference.by_current_pA[I].exp,
  );
  const cvOf = (times: readonly number[]): number => {
    const intervals = times.slice(1).map((t, k) => t - (times[k] ?? NaN));
    const average = intervals.reduce((a, b) => a + b, 0) / intervals.length;
    return Math.sqrt(intervals.reduce((sum, i) => sum + (i - average) ** 2, 0) / intervals.length) / average;
  };

  test("the recording is that of the reference", () => {
    const rows = readFileSync(join(FOLDER, "95822000_800pA.csv"), "utf8").trim().split("\n").slice(1).map(Number);
    expect(rows).toEqual(recorded[2]);
  });

  test("under 800 pA the cell's CV is 0.62; that of LIF 0, of GLIF 0.22, of A-GLIF 0.48", () => {
    const cv = cvOf(recorded[2] ?? []);
    expect(cv).toBeCloseTo(0.62, 2);
    expect(mean("Regularity", "LIF", "cv_isi")).toBeLessThan(1e-6);
    expect(mean("Regularity", "GLIF", "cv_isi")).toBeLessThan(0.36 * cv);
    expect(mean("Regularity", "A-GLIF", "cv_isi")).toBeGreaterThan(0.75 * cv);
    expect(mean("Regularity", "GLIF", "adaptation")).toBeLessThan(0.06);
    expect(mean("Regularity", "A-GLIF", "adaptation")).toBeGreaterThan(0.12);
  });

  test("by distances of the spikes A-GLIF is nearer to the recording than LIF and GLIF are", () => {
    const { recording, measures } = found("Regularity").result;
    expect(recording?.content).toMatch(/^9 spikes/);
    for (const { key, nearer } of measures.filter((m) => m.nearer !== null)) {
      const sign = nearer === "smaller" ? 1 : -1;
      for (const other of ["LIF", "GLIF"])
        expect(sign * mean("Regularity", "A-GLIF", key), `${key} against ${other}`).toBeLessThan(
          sign * mean("Regularity", other, key),
        );
    }
  });

  test("at four currents A-GLIF fires as often as the cell; GLIF is silent at the lower two", () => {
    const { sweep, variants, measures } = found("Currents").result;
    const rate = measures.findIndex((m) => m.key === "rate");
    const counts = (label: string): number[] =>
      [0, 1, 2, 3].map((k) =>
        Math.round(
          0.428 *
            (sweep?.points.find((p) => variants[p.variant]?.label === label && p.at[0] === k)?.means[rate] ?? NaN),
        ),
      );
    expect(counts("A-GLIF")).toEqual(recorded.map((times) => times.length));
    expect(counts("GLIF").slice(0, 2)).toEqual([0, 0]);
    expect(counts("GLIF")[3]).toBeGreaterThan(2 * (recorded[3]?.length ?? NaN));
  });
});

describe("noise: the origin's network", () => {
  test("noise makes it less regular, beyond what seeds and step do", () => {
    expect(mean("NoiseOffAndOn", "noise off", "cv_isi(of: N)")).toBeLessThan(0.3);
    expect(mean("NoiseOffAndOn", "noise on", "cv_isi(of: N)")).toBeGreaterThan(0.33);
    for (const measure of ["cv_isi(of: N)", "lv(of: N)"])
      expect(contrast("NoiseOffAndOn", "noise on", measure).verdict).toBe("model");
  });

  test("the loop's rate follows the step, that of the network done right does not", () => {
    const rates = (name: string): number[] =>
      ["0.2 ms", "0.1 ms", "0.05 ms"].map((step) => mean(name, step, "rate(of: N)"));
    const [long = NaN, middle = NaN, short = NaN] = rates("LoopAndStep");
    expect(long).toBeGreaterThan(1.7 * middle);
    expect(middle).toBeGreaterThan(1.5 * short);
    const right = rates("RightAndStep");
    expect(Math.max(...right) / Math.min(...right)).toBeLessThan(1.05);
    // Halving the step does to the loop what the comparison finds between two steps.
    const { difference, stepError } = contrast("LoopAndStep", "0.2 ms", "rate(of: N)");
    expect(stepError).toBeGreaterThan(0.8 * Math.abs(difference ?? NaN));
  });
});

describe("numerics: exact against Euler", () => {
  const distance = (label: string): number => mean("Numerics", label, "victor_purpura(cost: 1 /ms)");

  test("half the step, half the error; located spikes have none", () => {
    expect(distance("Euler, 0.1 ms") / distance("Euler, 0.05 ms")).toBeGreaterThan(1.6);
    expect(distance("Euler, 0.05 ms") / distance("Euler, 0.025 ms")).toBeGreaterThan(1.6);
    expect(distance("Euler, 0.5 ms")).toBeGreaterThan(4 * distance("Euler, 0.1 ms"));
    expect(distance("exact, 0.1 ms") / distance("exact, 0.025 ms")).toBeGreaterThan(4);
    expect(Math.abs(cell("Numerics", "located", "latency(onset: 100 ms)").stepEffect ?? NaN)).toBeLessThan(1e-9);
  });

  test("on a grid Runge-Kutta is as good as exact: the spikes are the same", () => {
    expect(distance("Runge-Kutta, 0.1 ms")).toBeCloseTo(distance("exact, 0.1 ms"), 6);
  });
});

test("plasticity: fewer spikes, less regular", () => {
  expect(mean("FixedAndPlastic", "Plastic", "rate(of: Y)")).toBeLessThan(
    0.85 * mean("FixedAndPlastic", "Fixed", "rate(of: Y)"),
  );
  expect(mean("FixedAndPlastic", "Plastic", "cv_isi(of: Y)")).toBeGreaterThan(
    1.1 * mean("FixedAndPlastic", "Fixed", "cv_isi(of: Y)"),
  );
});

test("sweep: both bring the rate down, the slow current alone makes intervals lengthen", () => {
  const { sweep, measures } = found("Adaptation").result;
  const at = (slow: number, threshold: number, measure: string): number =>
    sweep?.points.find((p) => p.at[0] === slow && p.at[1] === threshold)?.means[
      measures.findIndex((m) => m.key === measure)
    ] ?? NaN;
  expect(sweep?.points).toHaveLength(121);
  expect([at(0, 0, "rate"), at(0, 10, "rate"), at(10, 0, "rate")]).toEqual([32, 14, 8]);
  expect(at(0, 10, "adaptation")).toBeLessThan(0.02);
  expect(at(10, 0, "adaptation")).toBeGreaterThan(0.08);
});
