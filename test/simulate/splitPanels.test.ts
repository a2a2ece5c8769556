// Pure numbers of different sizes share no axis: which curves stand in one panel, and what goes with them.
import { expect, test } from "vitest";
import type { Panel, Trace } from "../../src/figure/figure.ts";
import { splitPanels } from "../../src/simulate/splitPanels.ts";

const curve = (name: string, largest: number): Trace => ({
  name,
  unit: "1",
  t: [0, 1, 2],
  y: [0, largest, largest / 2],
});
const panel = (traces: readonly Trace[], more: Partial<Panel> = {}): Panel => ({
  title: "n (1)",
  kind: "state",
  traces,
  ...more,
});
const shown = (panels: readonly Panel[]): string[] =>
  panels.map((p) => `${p.title}: ${p.traces.map((t) => t.name).join(" ")}`);

test("400 and 0.01 have a panel each, in the order of their first curves", () => {
  expect(shown(splitPanels(panel([curve("ca", 400), curve("m", 0.01), curve("h", 0.15)]), true))).toEqual([
    "ca: ca",
    "m, h: m h",
  ]);
  expect(shown(splitPanels(panel([curve("m", 0.01), curve("ca", 400), curve("m", 0.02)]), true))).toEqual([
    "m: m m",
    "ca: ca",
  ]);
});

test("up to a factor of 20 between any two of a panel is one axis, above it is not", () => {
  expect(splitPanels(panel([curve("a", 20), curve("b", 1)]), true)).toHaveLength(1);
  expect(splitPanels(panel([curve("a", 20.1), curve("b", 1)]), true)).toHaveLength(2);
  // 1 is near 15, and 15 near 250, but 1 and 250 are not near each other.
  expect(shown(splitPanels(panel([curve("a", 1), curve("b", 15), curve("c", 250)]), true))).toEqual([
    "a, b: a b",
    "c: c",
  ]);
  expect(splitPanels(panel([curve("a", -300), curve("b", 280)]), true)).toHaveLength(1);
});

test("what is 0 throughout lies beside anything", () => {
  expect(splitPanels(panel([curve("a", 400), curve("zero", 0)]), true)).toHaveLength(1);
});

test("quantities with a unit, a single curve and a panel with a threshold stay as they are", () => {
  const both = [curve("a", 400), curve("b", 0.01)];
  for (const [one, isPure] of [
    [panel(both), false],
    [panel([curve("a", 400)]), true],
    [panel(both, { threshold: curve("Θ", 1) }), true],
  ] as const) {
    expect(splitPanels(one, isPure)).toEqual([one]);
  }
});

test("spikes are drawn once, in the first of them", () => {
  const spikes = [1, 2];
  const parts = splitPanels(panel([curve("a", 400), curve("b", 0.01)], { spikes }), true);
  expect(parts.map((p) => "spikes" in p)).toEqual([true, false]);
  expect(parts[0]?.spikes).toBe(spikes);
});
