// The preview in the terminal: its size, its axes, and no spike lost.
import { expect, test } from "vitest";
import { envelope, renderBraille } from "../../src/figure/braille.ts";
import type { Figure, Panel } from "../../src/figure/figure.ts";
import { countSpike, spikeCounts } from "../../src/figure/spikeCounts.ts";
import { figure, integrateAndFire, trace } from "./helpers.ts";

const run = integrateAndFire();
const voltage: Panel = {
  title: "V (mV)",
  kind: "state",
  traces: [{ ...run.V, label: "GLIF[0]" }],
  threshold: run.threshold,
  spikes: run.spikes,
};
const typical: Figure = figure({
  duration: 1000,
  panels: [{ title: "I_e (pA)", kind: "stimulus", traces: [trace([0, 1])] }, voltage],
});
const raster = {
  populations: [
    { name: "E", size: 2, times: [0, 99], neurons: [0, 1] },
    { name: "I", size: 2, times: [50], neurons: [0] },
  ],
};

test("as many rows as asked and no more columns, down to 24 by 6", () => {
  for (const shown of [
    typical,
    figure({}),
    figure({ raster }),
    figure({ panels: [{ title: "V", kind: "state", traces: [trace([])] }] }),
  ]) {
    for (const [columns, rows] of [
      [80, 20],
      [24, 6],
      [200, 60],
      [3, 1],
      [61.7, 11.2],
    ] as const) {
      for (const color of [false, true]) {
        const lines = renderBraille(shown, columns, rows, color)
          .replace(/\u001B\[\d+m/g, "")
          .split("\n");
        expect(lines).toHaveLength(Math.max(6, Math.floor(rows)));
        expect(Math.max(...lines.map((l) => [...l].length))).toBeLessThanOrEqual(Math.max(24, Math.floor(columns)));
      }
    }
  }
});

test("a ramp with its threshold and a spike, letter by letter", () => {
  const panel: Panel = {
    title: "V (mV)",
    kind: "state",
    traces: [{ ...trace([-70, -50, -70], 50), label: "LIF[0]" }],
    threshold: trace([-50, -50, -50], 50, "Θ"),
    spikes: [50],
  };
  expect(renderBraille(figure({ panels: [panel] }), 30, 9, false)).toMatchInlineSnapshot(`
    "V (mV)  LIF[0]  Θ ⠒ ⠒
                     ⢸
    −50 ┤⠁⠈ ⠁⠈ ⠁⠈ ⠁⣈⡴⠛⢮⣀⠁⠈ ⠁⠈ ⠁⠈ ⠁
        │       ⢀⡴⠚⠁   ⠈⠓⢦⡀
    −60 ┤    ⢀⣠⠞⠉         ⠉⠳⣄⡀
        │  ⣠⠴⠋               ⠙⠦⣄
    −70 ┤⡴⠋⠁                   ⠈⠙⢦
        └┴───────────┴───────────┴
         0          50      100 ms"
  `);
});

test("a spike of one sample among 100,000 reaches the top", () => {
  const y = new Float64Array(100_001).fill(-70);
  y[70_003] = 30;
  const rows = renderBraille(
    figure({ duration: 100_000, panels: [{ title: "V", kind: "state", traces: [trace(y)] }] }),
    60,
    12,
    false,
  ).split("\n");
  const columns = rows.slice(1, 8).map((row) => [...row].findLastIndex((c) => c >= "\u2801" && c <= "\u28FF"));
  expect(new Set(columns).size).toBe(1);
  const left = [...(rows[1] ?? "")].findIndex((c) => "┤│".includes(c)) + 1;
  expect(columns[0]).toBe(left + Math.floor(0.70003 * (60 - left)));
});

test("every spike is a tick on top", () => {
  const spikes = [100, 300, 500, 990];
  const [, ticks = ""] = renderBraille({ ...typical, panels: [{ ...voltage, spikes }] }, 80, 20, false).split("\n");
  expect(ticks.match(/[⡇⢸]/g)).toHaveLength(4);
});

test("envelopes include the lines between samples and leave gaps open", () => {
  const line = envelope(trace([0, 8], 8), 8, 8);
  expect([...line.low]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...line.high]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const broken = envelope(trace([1, NaN, NaN, NaN, 5, 6, NaN, NaN, 2]), 8, 8);
  expect([...broken.high]).toEqual([1, NaN, NaN, NaN, 6, 6, NaN, 2]);
  expect([...broken.low]).toEqual([1, NaN, NaN, NaN, 5, 6, NaN, 2]);
});

test("a raster where there is nothing else; neuron 0 of each population lowest", () => {
  expect(renderBraille(figure({ raster }), 24, 7, false)).toMatchInlineSnapshot(`
    "spikes
    E │                    ⢀
      │⠄
      │
    I │          ⢀
      └┴─────────┴─────────┴
       0        50    100 ms"
  `);
});

test("counts of spikes are shades: dense where spikes are many, empty where there are none", () => {
  const counts = spikeCounts(840, 100, 100);
  // a wave: all neurons between 40 and 60 ms, every cell ten times; of neuron 0 alone one spike at 90 ms
  for (let time = 40; time < 60; time += 100 / 840)
    for (let neuron = 0; neuron < 100; neuron++) for (let k = 0; k < 10; k++) countSpike(counts, 100, time, neuron);
  const shown = { populations: [{ name: "E", size: 100, times: [], neurons: [], counts }] };
  const rows = renderBraille(figure({ raster: shown }), 60, 12, false)
    .split("\n")
    .slice(1, 10);
  const dots = (from: number, to: number): number =>
    rows.reduce(
      (sum, row) =>
        sum + [...row].slice(2).reduce((n, cell, x) => (x >= from * 58 && x < to * 58 ? n + bitsOf(cell) : n), 0),
      0,
    );
  const inWave = 0.2 * 58 * 8 * rows.length;
  expect(dots(0.38, 0.62) / inWave).toBeGreaterThan(0.9);
  expect(dots(0, 0.38) + dots(0.62, 1)).toBe(0);
});

function bitsOf(cell: string): number {
  const code = cell.codePointAt(0) ?? 0;
  return code < 0x2800 || code > 0x28ff ? 0 : [...(code - 0x2800).toString(2)].filter((bit) => bit === "1").length;
}

test("of a network the raster, of a few neurons their curves", () => {
  const shown = figure({ raster, panels: [{ title: "V (mV)", kind: "state", traces: [trace([1, 2])] }] });
  expect(renderBraille(shown, 40, 8, false)).toMatch(/^V \(mV\)/);
  const ofNetwork = {
    ...shown,
    panels: [...shown.panels, { title: "rate (Hz)", kind: "rate" as const, traces: [trace([1, 2])] }],
  };
  expect(renderBraille(ofNetwork, 40, 8, false)).toMatch(/^spikes/);
});

test("colour adds codes and changes nothing else; names cannot add any", () => {
  const coloured = renderBraille(typical, 80, 20, true);
  expect(coloured).toContain("\u001B[36m");
  expect(coloured.replace(/\u001B\[\d+m/g, "")).toBe(renderBraille(typical, 80, 20, false));
  const nasty = renderBraille(
    figure({ panels: [{ title: "V\u001B[2J\n", kind: "state", traces: [trace([1, 2])] }] }),
    40,
    8,
    false,
  );
  expect(nasty.split("\n")[0]).toBe("V[2J");
});
