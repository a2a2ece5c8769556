// SVG figures: well formed, the same every time, and true to the run they show.
import { expect, test } from "vitest";
import type { Figure, Panel } from "../../src/figure/figure.ts";
import { roomFor } from "../../src/figure/axes.ts";
import { renderSvg } from "../../src/figure/renderSvg.ts";
import { all, figure, integrateAndFire, pathPoints, readXml, texts, trace } from "./helpers.ts";

const run = integrateAndFire();
const stimulus: Panel = {
  title: "I_e (pA)",
  kind: "stimulus",
  traces: [{ ...trace([0, 0, 300, 300], 333, "I_e"), unit: "pA" }],
};
const voltage: Panel = {
  title: "V (mV)",
  kind: "state",
  traces: [run.V],
  threshold: run.threshold,
  spikes: run.spikes,
};
const typical: Figure = figure({ title: "GLIF", subtitle: "seed 42", duration: 1000, panels: [stimulus, voltage] });

function strokes(svg: string, colour: string): string[] {
  return all(readXml(svg), "path")
    .filter((p) => p.attributes["stroke"] === colour)
    .map((p) => p.attributes["d"] ?? "");
}

test("a typical figure: size, fonts, title, labels with units, legend; the stimulus lowest and less tall", () => {
  const root = readXml(renderSvg(typical));
  expect(root.attributes).toMatchObject({
    xmlns: "http://www.w3.org/2000/svg",
    width: "1000",
    viewBox: `0 0 1000 ${root.attributes["height"]}`,
  });
  expect(root.attributes["font-family"]).toBe("Helvetica, Arial, DejaVu Sans, sans-serif");
  expect(root.children[0]).toMatchObject({ name: "title", text: "GLIF – seed 42" });
  const shown = texts(root);
  for (const expected of [
    "GLIF",
    "seed 42",
    "V (mV)",
    "Ie (pA)",
    "V",
    "Θ",
    "time (ms)",
    "0",
    "500",
    "1000",
    "−60",
    "200",
  ])
    expect(shown).toContain(expected);
  const titleAt = (name: string): number =>
    Number(
      all(root, "text").find(
        (e) => e.attributes["transform"] && (e.text + (e.children[0]?.text ?? "")).startsWith(name),
      )?.attributes["y"],
    );
  expect(titleAt("I")).toBeGreaterThan(titleAt("V"));
});

test("the same figure gives the same bytes; coordinates have at most two decimals", () => {
  const svg = renderSvg(typical);
  expect(renderSvg(structuredClone(typical))).toBe(svg);
  expect(svg).not.toMatch(/\d\.\d{3,}/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(svg).not.toMatch(/-0[^.\d]/);
});

test("a spike of one sample among 200,000 keeps its height and its time, in at most 2000 points", () => {
  const y = new Float64Array(200_001).fill(-70);
  y[0] = -80;
  y[123_457] = 40;
  y[150_001] = -75;
  const [d = ""] = strokes(
    renderSvg(figure({ duration: 200_000, panels: [{ title: "V", kind: "state", traces: [trace(y)] }] })),
    "#0072B2",
  );
  const points = pathPoints(d);
  expect(points.length).toBeLessThanOrEqual(2000);
  expect(points.filter((p) => p.moves)).toHaveLength(1);
  const [left, right] = [points[0]?.x ?? NaN, points.at(-1)?.x ?? NaN];
  const x = (t: number): number => left + ((right - left) * t) / 200_000;
  const highest = points.reduce((a, b) => (b.y < a.y ? b : a));
  expect(highest.x).toBeCloseTo(x(123_457), 1);
  // linear from −80 (first point) to 40: −75 and −70 lie where they ought
  const y40 = highest.y;
  const y80 = points[0]?.y ?? NaN;
  const at = (v: number): number => y80 + ((v + 80) / 120) * (y40 - y80);
  const dip = points.filter((p) => Math.abs(p.x - x(150_001)) < 0.02);
  expect(dip.some((p) => Math.abs(p.y - at(-75)) < 0.02)).toBe(true);
  expect(points.filter((p) => Math.abs(p.y - at(-70)) < 0.02).length).toBeGreaterThan(800);
});

test("spikes are strokes at their times, from the threshold before the spike to the top", () => {
  const jumping = trace([-50, -50, -40, -40, -40], 25, "Θ");
  const panel: Panel = {
    title: "V",
    kind: "state",
    traces: [trace([-70, -55, -70, -60, -60], 25)],
    threshold: jumping,
    spikes: [50, 90],
  };
  const svg = renderSvg(figure({ duration: 100, panels: [panel] }));
  const [strokesPath = "", curve = ""] = strokes(svg, "#0072B2");
  const [threshold = ""] = strokes(svg, "#D55E00");
  const lines = [...strokesPath.matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)/g)].map((m) => m.slice(1).map(Number));
  const [left, right] = [pathPoints(curve)[0]?.x ?? NaN, pathPoints(curve).at(-1)?.x ?? NaN];
  expect(lines).toHaveLength(2);
  expect(lines[0]?.[0]).toBeCloseTo(left + 0.5 * (right - left), 1);
  expect(lines[1]?.[0]).toBeCloseTo(left + 0.9 * (right - left), 1);
  expect(lines[0]?.[1]).toBe(pathPoints(threshold)[1]?.y);
  expect(lines[1]?.[1]).toBe(pathPoints(threshold)[3]?.y);
  expect(lines[0]?.[2]).toBeLessThan(Math.min(...pathPoints(threshold).map((p) => p.y)));
  expect(svg).toContain("stroke-dasharray");
});

test("every spike of a busy run is marked, and 100,000 spikes stay one stroke a half pixel", () => {
  expect(run.spikes.length).toBeGreaterThan(20);
  expect(strokes(renderSvg(typical), "#0072B2")[0]?.match(/V/g)).toHaveLength(run.spikes.length);
  const many = Array.from({ length: 100_000 }, (_, i) => i / 100);
  const svg = renderSvg(figure({ duration: 1000, panels: [{ ...voltage, spikes: many }] }));
  expect(strokes(svg, "#0072B2")[0]?.match(/V/g)?.length).toBeLessThan(1900);
});

test("NaN and infinities break the line; a sample alone is a dot; also where samples are thinned", () => {
  const panel = (y: ArrayLike<number>): Figure =>
    figure({ duration: y.length - 1, panels: [{ title: "V", kind: "state", traces: [trace(y)] }] });
  const [lines = "", dots = ""] = strokes(renderSvg(panel([1, 2, NaN, 3, Infinity, 4, 5, 6])), "#0072B2");
  expect(pathPoints(lines).map((p) => p.moves)).toEqual([true, false, true, false, false]);
  expect(dots).toMatch(/^M[\d.]+ [\d.]+h0$/);
  const long = Float64Array.from({ length: 100_000 }, (_, i) => (i >= 40_000 && i < 60_000 ? NaN : i % 7));
  const [thinned = ""] = strokes(renderSvg(panel(long)), "#0072B2");
  expect(pathPoints(thinned).filter((p) => p.moves)).toHaveLength(2);
  expect(pathPoints(thinned).length).toBeLessThanOrEqual(2000);
  const alternating = Float64Array.from({ length: 100_000 }, (_, i) => (i % 2 ? NaN : i));
  expect(renderSvg(panel(alternating)).length).toBeLessThan(80_000);
});

test("nothing recorded, no samples, one sample, constants, huge and tiny numbers, a duration of 0", () => {
  expect(texts(readXml(renderSvg(figure({}))))).toContain("nothing was recorded");
  expect(texts(readXml(renderSvg(figure({ panels: [{ title: "V", kind: "state", traces: [trace([])] }] }))))).toContain(
    "no samples",
  );
  const ys = [
    [-70],
    [-70, -70],
    [0, 0],
    [1e308, -1e308],
    [1e-300, 3e-300],
    [5e-324, 0],
    [1e9, 1e9 + 1e-7],
    [NaN, NaN],
    [1.797e308, 1.797e308],
    [-1e-7, 4e-7],
  ];
  for (const y of ys) {
    for (const duration of [0, 1, NaN]) {
      const svg = renderSvg(
        figure({ duration, panels: [{ title: "V", kind: "state", traces: [trace(y)], spikes: [0.5, NaN, -3, 1e9] }] }),
      );
      readXml(svg);
      expect(svg).not.toMatch(/NaN|Infinity|e\+|\de-\d/);
    }
  }
  const shown = texts(
    readXml(renderSvg(figure({ panels: [{ title: "g", kind: "state", traces: [trace([-1e-7, 4e-7])] }] }))),
  );
  expect(shown).toEqual(expect.arrayContaining(["0", "2e−7", "4e−7"]));
});

test("text from a model is escaped and cleaned", () => {
  const nasty = `a<b>&"c"'d'\u0000\u001B[31m\uD800</text><script>alert(1)</script>`;
  const root = readXml(
    renderSvg(
      figure({
        title: nasty,
        subtitle: nasty,
        panels: [
          {
            title: nasty,
            kind: "state",
            traces: [
              { ...trace([1, 2]), name: nasty },
              { ...trace([1, 2]), name: "other" },
            ],
          },
        ],
        raster: { populations: [{ name: nasty, size: 1, times: [1], neurons: [0] }] },
      }),
    ),
  );
  const clean = `a<b>&"c"'d'[31m</text><script>alert(1)</script>`;
  expect(all(root, "script")).toHaveLength(0);
  expect(texts(root).filter((t) => t === clean)).toHaveLength(4);
  // Beside the raster there is less room.
  expect(texts(root)).toContainEqual(expect.stringMatching(/^a<b>&"c"'d'.*…$/));
  expect(all(root, "title")[0]?.text).toBe(`${clean} – ${clean}`);
});

test("time is in seconds from 10 s on", () => {
  const shown = texts(readXml(renderSvg(figure({ duration: 10_000, panels: [stimulus] }))));
  expect(shown).toEqual(expect.arrayContaining(["time (s)", "1", "10"]));
  expect(texts(readXml(renderSvg(figure({ duration: 9999, panels: [stimulus] }))))).toContain("time (ms)");
});

test("one colour a variable; where variants are compared, one a variant in every panel", () => {
  const colours = (svg: string): (string | undefined)[] =>
    all(readXml(svg), "path")
      .filter((p) => p.attributes["stroke-width"] === "1.75")
      .map((p) => p.attributes["stroke"]);
  const of = (name: string, label: string): Panel["traces"][number] => ({ ...trace([1, 2, 3]), name, label });
  const state = (traces: Panel["traces"]): Panel => ({ title: "x", kind: "state", traces });
  expect(
    colours(renderSvg(figure({ panels: [state([of("V", "n")]), state([of("I[1]", "n"), of("I[2]", "n")])] }))),
  ).toEqual(["#0072B2", "#E69F00", "#009E73"]);
  const compared = renderSvg(figure({ panels: [state([of("V", "LIF"), of("V", "GLIF")]), state([of("Θ", "GLIF")])] }));
  expect(colours(compared)).toEqual(["#0072B2", "#E69F00", "#E69F00"]);
  expect(texts(readXml(compared))).toEqual(expect.arrayContaining(["LIF", "GLIF"]));
});

test("a legend that does not fit says how many are left out", () => {
  const traces = Array.from({ length: 60 }, (_, i) => ({ ...trace([i, i]), label: `neuron number ${i}` }));
  expect(texts(readXml(renderSvg(figure({ panels: [{ title: "V", kind: "state", traces }] }))))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^4\d more$/)]),
  );
});

test("long names of populations stay inside of the figure, in as many rows of the legend as they need", () => {
  const name = "ExcitatoryPyramidalCellsOfLayer23";
  const traces = Array.from({ length: 4 }, (_, i) => ({ ...trace([i, i]), label: `${name}[${i}]` }));
  const raster = {
    populations: [name, `${name}ofTheRatInVitro`].map((n) => ({ name: n, size: 4, times: [1], neurons: [0] })),
  };
  const root = readXml(renderSvg(figure({ panels: [{ title: "V", kind: "state", traces }], raster })));
  expect(texts(root)).toEqual(expect.arrayContaining(traces.map((t) => t.label)));
  const side = all(root, "text").filter(
    (t) => t.attributes["font-weight"] === "bold" && t.text?.startsWith(name.slice(0, 20)),
  );
  expect(side.map((t) => t.text)).toEqual([name, expect.stringMatching(/…$/)]);
  for (const { attributes, text: shown } of [...side, ...all(root, "text").filter((t) => t.text?.includes("["))]) {
    const width = roomFor(shown ?? "", Number(attributes["font-size"]));
    const left = Number(attributes["x"]) - (attributes["text-anchor"] === "end" ? width : 0);
    expect(left).toBeGreaterThan(0);
    expect(left + width).toBeLessThan(1000);
  }
});
