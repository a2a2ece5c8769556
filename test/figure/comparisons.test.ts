// Figures of comparisons: well formed, the same every time, as wide as asked, and true to the numbers they show.
import { describe, expect, test } from "vitest";
import { rampColour, type Ramp } from "../../src/figure/colourRamp.ts";
import { fitted, NARROW, WIDE } from "../../src/figure/axes.ts";
import { forestSvg, type Forest } from "../../src/figure/forest.ts";
import { heatMapSvg, type HeatMaps } from "../../src/figure/heatMap.ts";
import { overlaySvg, type OverlayFigure } from "../../src/figure/overlay.ts";
import { plotSvg, type Plot } from "../../src/figure/plot.ts";
import { log10, logarithmic, logTicks } from "../../src/figure/scale.ts";
import { markerMarkup, variantStyle } from "../../src/figure/variantStyle.ts";
import { all, integrateAndFire, pathPoints, readXml, texts } from "./helpers.ts";

const x = [0, 100, 200, 300];
const plot: Plot = {
  title: "f-I curve",
  x: { label: "I_e (pA)" },
  y: { label: "rate (Hz)" },
  series: [
    { name: "LIF", style: variantStyle(0), x, y: [0, 10, 20, 30], low: [0, 9, 18, 27], high: [0, 11, 22, 33] },
    { name: "GLIF", style: variantStyle(1), x, y: [0, NaN, 10, 15], low: null, high: null },
  ],
};

const forest: Forest = {
  title: "Differences",
  against: "minus LIF",
  panels: [
    {
      title: "rate (Hz)",
      rows: [
        {
          name: "GLIF",
          style: variantStyle(1),
          value: -8,
          interval: [-10, -6],
          spread: 2,
          error: 0.5,
          verdict: "model",
        },
        { name: "Euler", style: variantStyle(2), value: null, interval: null, spread: null, error: null, verdict: "" },
      ],
    },
  ],
};

const heat: HeatMaps = {
  title: "rate over a and b",
  label: "rate (Hz)",
  x: { label: "a", values: [1, 2, 3] },
  y: { label: "b", values: [10, 20] },
  maps: [{ name: "LIF", style: variantStyle(0), values: [0, 5, 10, 2, null, 10] }],
  ramp: "sequential",
};

const cell = integrateAndFire();
const overlay = (count: number): OverlayFigure => ({
  title: "Step",
  from: 0,
  until: 1000,
  panels: [
    {
      title: "V (mV)",
      curves: Array.from({ length: count }, (_, k) => ({
        name: `variant ${k}`,
        style: variantStyle(k),
        reference: k === 0,
        t: cell.V.t,
        y: cell.V.y,
      })),
    },
  ],
  rasters: [
    { name: "variant 0", style: variantStyle(0), rowsAre: "2 seeds", rows: 2, times: [100, 500, 900], row: [0, 1, 0] },
    { name: "silent", style: variantStyle(1), rowsAre: "2 seeds", rows: 2, times: [], row: [] },
  ],
  stimulus: {
    title: "I_e (pA)",
    curves: [{ name: "I_e", style: variantStyle(0), reference: false, t: [0, 1000], y: [1, 1] }],
  },
});

const FIGURES: Readonly<Record<string, (width: number) => string>> = {
  plot: (width) => plotSvg(plot, width),
  forest: (width) => forestSvg(forest, width),
  heat: (width) => heatMapSvg(heat, width),
  "overlay of 2": (width) => overlaySvg(overlay(2), width),
  "overlay of 12": (width) => overlaySvg(overlay(12), width),
};

describe.each(Object.entries(FIGURES))("%s", (_, draw) => {
  test.each([WIDE, NARROW])("%d pixels wide: well formed, titled, the same bytes twice, plain coordinates", (width) => {
    const svg = draw(width);
    const root = readXml(svg);
    expect(root.attributes["viewBox"]).toBe(`0 0 ${width} ${root.attributes["height"]}`);
    expect(root.children[0]?.name).toBe("title");
    expect(draw(width)).toBe(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null|\d\.\d{3,}/);
    expect(svg.length).toBeLessThan(1_200_000);
  });
});

test("a plot: lines run through their points, bands along their ends, gaps stay open, names and units are there", () => {
  const root = readXml(plotSvg(plot, WIDE));
  const lines = all(root, "path").filter(
    (path) => path.attributes["stroke"] === variantStyle(0).colour && path.attributes["fill"] === "none",
  );
  const points = pathPoints(lines[0]?.attributes["d"] ?? "");
  expect(points).toHaveLength(4);
  const [first, last] = [points[0], points[3]];
  if (first === undefined || last === undefined) throw new Error("no points");
  // equal steps in x and y are equal steps in pixels
  points.forEach((point, k) => {
    expect(point.x).toBeCloseTo(first.x + (k * (last.x - first.x)) / 3, 1);
    expect(point.y).toBeCloseTo(first.y + (k * (last.y - first.y)) / 3, 1);
  });
  const [band] = all(root, "path").filter((path) => path.attributes["fill-opacity"] !== undefined);
  const edge = pathPoints(band?.attributes["d"] ?? "");
  expect(edge).toHaveLength(8);
  // 33 is 1.1 times as high above 0 as 30 is
  expect(first.y - (edge[3]?.y ?? NaN)).toBeCloseTo(1.1 * (first.y - last.y), 0);
  const second = all(root, "path").filter(
    (path) =>
      path.attributes["stroke"] === variantStyle(1).colour &&
      path.attributes["stroke-dasharray"] === variantStyle(1).dash,
  );
  expect(pathPoints(second.at(-1)?.attributes["d"] ?? "").filter((p) => p.moves)).toHaveLength(1);
  expect(texts(root)).toEqual(
    expect.arrayContaining(["f-I curve", "LIF", "GLIF", "Ie (pA)", "rate (Hz)", "20", "200"]),
  );
});

test("a plot without any number says so; one of 100,000 points is no longer than its pixels; a logarithmic one leaves out what is not positive", () => {
  const none = {
    ...plot,
    series: plot.series.map((s) => ({ ...s, y: s.y && [NaN, NaN, NaN, NaN], low: null, high: null })),
  };
  expect(texts(readXml(plotSvg(none, WIDE)))).toContain("no values");
  const many = Float64Array.from({ length: 100_000 }, (_, i) => i);
  const long = plotSvg(
    {
      ...plot,
      series: [
        {
          name: "LIF",
          style: variantStyle(0),
          x: many,
          y: many.map((v) => v % 97),
          low: many.map((v) => (v % 97) - 1),
          high: many.map((v) => (v % 97) + 1),
        },
      ],
    },
    WIDE,
  );
  expect(long.length).toBeLessThan(90_000);
  const log = plotSvg(
    {
      ...plot,
      x: { label: "f (Hz)", logarithmic: true },
      series: [{ name: "LIF", style: variantStyle(0), x: [0, 1, 10, 100], y: [1, 2, 3, 4], low: null, high: null }],
    },
    WIDE,
  );
  const circles = all(readXml(log), "circle")
    .slice(1)
    .map((circle) => Number(circle.attributes["cx"]));
  expect(circles).toHaveLength(3);
  expect((circles[1] ?? 0) - (circles[0] ?? 0)).toBeCloseTo((circles[2] ?? 0) - (circles[1] ?? 0), 1);
  expect(texts(readXml(log))).toEqual(expect.arrayContaining(["1", "10", "100"]));
});

test("a forest: the interval, the spread and the error stand where they ought to on one axis; what is not defined is a dash", () => {
  const root = readXml(forestSvg(forest, WIDE));
  const marker = all(root, "rect").find((rect) => rect.attributes["fill"] === variantStyle(1).colour);
  const middle = Number(marker?.attributes["x"]) + Number(marker?.attributes["width"]) / 2;
  const ends = all(root, "line").find((line) => line.attributes["stroke"] === variantStyle(1).colour);
  const [low, high] = [Number(ends?.attributes["x1"]), Number(ends?.attributes["x2"])];
  const unit = (high - low) / 4;
  expect(middle).toBeCloseTo((low + high) / 2, 1);
  const spread = all(root, "rect").find(
    (rect) => rect.attributes["fill"] === "#DADADA" && Number(rect.attributes["height"]) === 16,
  );
  expect(Number(spread?.attributes["width"])).toBeCloseTo(4 * unit, 0);
  expect(Number(spread?.attributes["x"]) + 2 * unit).toBeCloseTo(middle + 8 * unit, 0);
  expect(texts(root)).toEqual(expect.arrayContaining(["rate (Hz)", "GLIF", "Euler", "model", "\u2014", "minus LIF"]));
});

test("a forest has a scale: two marks at least, wherever its values lie", () => {
  for (const width of [WIDE, NARROW]) {
    for (const value of [0.7, 1.9, 2.4, 3.79, 4.2, 6, 10.7, 75, 0.003]) {
      const rows = [
        {
          name: "a long name of a variant",
          style: variantStyle(1),
          value,
          interval: null,
          spread: value / 9,
          error: value / 7,
          verdict: "numerics",
        },
      ];
      const numbers = texts(
        readXml(
          forestSvg(
            {
              ...forest,
              panels: [
                { title: "rate (Hz)", rows },
                { title: "latency (ms)", rows },
              ],
            },
            width,
          ),
        ),
      ).filter((t) => /^[\u2212\d.e]+$/.test(t));
      expect(numbers.length, `${value} in ${width}`).toBeGreaterThanOrEqual(4);
    }
  }
});

test("a heat map: equal colours are joined, the largest value has the last colour, what is not defined is hatched and explained", () => {
  const root = readXml(heatMapSvg(heat, WIDE));
  const cells = all(root, "path").filter((path) => path.attributes["shape-rendering"] === "crispEdges");
  expect(cells.map((path) => path.attributes["fill"])).toEqual(
    expect.arrayContaining([rampColour("sequential", 0), rampColour("sequential", 1)]),
  );
  expect(
    cells.find((path) => path.attributes["fill"] === rampColour("sequential", 1))?.attributes["d"]?.match(/M/g),
  ).toHaveLength(2);
  expect(texts(root)).toContain("not defined");
  expect(
    texts(readXml(heatMapSvg({ ...heat, maps: heat.maps.map((m) => ({ ...m, values: [1, 2, 3, 4, 5, 6] })) }, WIDE))),
  ).not.toContain("not defined");
  const constant = { ...heat, maps: [{ name: "LIF", style: variantStyle(0), values: new Array<number>(6).fill(3) }] };
  expect(heatMapSvg(constant, WIDE)).not.toMatch(/NaN/);
  const empty = { ...heat, maps: [{ name: "LIF", style: variantStyle(0), values: new Array<null>(6).fill(null) }] };
  for (const width of [WIDE, NARROW]) expect(heatMapSvg(empty, width)).not.toMatch(/NaN|Infinity/);
  const large = Array.from({ length: 400 * 300 }, (_, i) => (i % 400) * (i % 7));
  const axis = (length: number): HeatMaps["x"] => ({ label: "a", values: Array.from({ length }, (_, i) => i) });
  expect(
    heatMapSvg(
      { ...heat, x: axis(400), y: axis(300), maps: [{ name: "LIF", style: variantStyle(0), values: large }] },
      WIDE,
    ).length,
  ).toBeLessThan(500_000);
});

test("differences: 0 has the middle of the diverging ramp, whatever the range", () => {
  const svg = heatMapSvg(
    { ...heat, ramp: "diverging", maps: [{ name: "d", style: variantStyle(0), values: [0, 0, 0, 8, 8, 8] }] },
    WIDE,
  );
  const cells = all(readXml(svg), "path").filter((path) => path.attributes["shape-rendering"] === "crispEdges");
  expect(cells.at(-1)?.attributes["fill"]).toBe(rampColour("diverging", 1));
  expect(lightness(cells[0]?.attributes["fill"] ?? "")).toBeGreaterThan(94);
});

test("traces: up to three share their axes, more have a lane each with the reference behind; a raster without spikes says so", () => {
  const few = readXml(overlaySvg(overlay(3), WIDE));
  const many = readXml(overlaySvg(overlay(5), WIDE));
  const behind = (root: typeof few): number =>
    all(root, "path").filter((path) => path.attributes["stroke"] === "#B4B4B4").length;
  expect([behind(few), behind(many)]).toEqual([0, 4]);
  expect(texts(many)).toEqual(
    expect.arrayContaining([
      "variant 0 (grey in the others)",
      "variant 4",
      "silent (2 seeds)",
      "no spikes",
      "time (ms)",
    ]),
  );
  expect(texts(readXml(overlaySvg({ ...overlay(2), panels: [], rasters: [], stimulus: null }, NARROW)))).toContain(
    "nothing was recorded",
  );
});

test("many spikes become an image of counts", () => {
  const times = Float64Array.from({ length: 50_000 }, (_, i) => (i * 0.02) % 1000);
  const row = times.map((_, i) => i % 500);
  const svg = overlaySvg(
    {
      ...overlay(2),
      panels: [],
      rasters: [{ name: "E", style: variantStyle(0), rowsAre: "500 neurons", rows: 500, times, row }],
    },
    WIDE,
  );
  expect(all(readXml(svg), "image")).toHaveLength(1);
  expect(svg.length).toBeLessThan(150_000);
});

test("logarithms to the last digits but two, and their ticks", () => {
  for (const value of [1e-300, 3.3e-7, 0.5, 1, 2, 3.2, 3.21, 9.999, 10, 12345.678, 1e300])
    expect(log10(value)).toBeCloseTo(Math.log10(value), 12);
  expect(logTicks({ low: 1, high: 1000 }, 6).map((tick) => tick.text)).toEqual(["1", "10", "100", "1000"]);
  expect(logTicks({ low: 2, high: 60 }, 6).map((tick) => tick.text)).toEqual(["2", "5", "10", "20", "50"]);
  expect(logTicks({ low: 3, high: 4 }, 5).length).toBeGreaterThan(1);
  const map = logarithmic({ low: 1, high: 100 }, 0, 200);
  expect([map(1), map(10), map(100), map(0), map(-3)].map((v) => Math.round(v))).toEqual([0, 100, 200, NaN, NaN]);
});

test("names are cut where their room ends", () => {
  expect(fitted("LIF", 100, 13)).toBe("LIF");
  expect(fitted("a rather long name of a variant", 100, 13)).toMatch(/^a rather.{0,6}\u2026$/);
  expect([...fitted("W".repeat(100), 100, 13)].length).toBeLessThan(9);
});

// ---- colour

test.each(["sequential", "diverging"] as const)(
  "the %s ramp is ordered by lightness in even steps, also for eyes without red or green cones",
  (ramp: Ramp) => {
    for (const seen of [
      (c: string) => c,
      (c: string) => dichromat(c, "protan"),
      (c: string) => dichromat(c, "deutan"),
    ]) {
      const shares = Array.from({ length: 41 }, (_, k) => k / 40);
      const values = shares.map((share) => lightness(seen(rampColour(ramp, share))));
      const halves = ramp === "sequential" ? [values] : [values.slice(0, 21), values.slice(20).reverse()];
      for (const half of halves) {
        const steps = half.slice(1).map((value, k) => value - (half[k] ?? NaN));
        expect(Math.min(...steps)).toBeGreaterThan(0);
        expect(Math.max(...steps)).toBeLessThan(3.2 * (steps.reduce((a, b) => a + b, 0) / steps.length));
      }
    }
  },
);

test("colour and marker together are unique up to 35 variants, colour and dash up to 20; a recording is black and like none of them", () => {
  const styles = Array.from({ length: 35 }, (_, k) => variantStyle(k));
  expect(new Set(styles.map((s) => `${s.colour} ${s.marker}`)).size).toBe(35);
  expect(new Set(styles.slice(0, 20).map((s) => `${s.colour} ${s.dash}`)).size).toBe(20);
  expect(styles.map((s) => s.colour)).not.toContain(variantStyle(null).colour);
  for (const style of styles) expect(markerMarkup(style, 10, 10, 4)).not.toMatch(/NaN/);
});

function linearRgb(colour: string): [number, number, number] {
  const channel = (k: number): number => {
    const v = Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(1), channel(2)];
}

/** CIE L*, 0 to 100. */
function lightness(colour: string): number {
  const [r, g, b] = linearRgb(colour);
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/** Viénot, Brettel & Mollon 1999, Color Res. Appl. 24:243: what eyes without one kind of cones see, in linear RGB. */
function dichromat(colour: string, kind: "protan" | "deutan"): string {
  const [r, g, b] = linearRgb(colour);
  const rows =
    kind === "protan"
      ? [
          [0.11238, 0.88762, 0],
          [0.11238, 0.88762, 0],
          [0.00401, -0.00401, 1],
        ]
      : [
          [0.29275, 0.70725, 0],
          [0.29275, 0.70725, 0],
          [-0.02234, 0.02234, 1],
        ];
  return `#${rows
    .map(([p = 0, q = 0, s = 0]) => {
      const v = Math.min(1, Math.max(0, p * r + q * g + s * b));
      return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055))
        .toString(16)
        .padStart(2, "0");
    })
    .join("")}`;
}

test("names of figures, lanes and panels are broken into lines, never cut, on a page and on a phone", () => {
  const long =
    "synchrony of spike counts (of: Exc, bin: 2 ms) over inhibition_relative_to_excitation_weight and external_drive_of_all_populations";
  const words = (svg: string): string => texts(readXml(svg)).join("").replaceAll(" ", "");
  const wanted = long.replaceAll(" ", "");
  const lane = { name: long, style: variantStyle(0), reference: false, t: x, y: x };
  const spikes = { name: long, style: variantStyle(0), rowsAre: "1 spike", rows: 1, times: [1], row: [0] };
  for (const width of [NARROW, WIDE]) {
    const heads = [
      plotSvg({ ...plot, title: long }, width),
      heatMapSvg({ ...heat, title: long }, width),
      forestSvg({ ...forest, title: long }, width),
      forestSvg({ ...forest, panels: forest.panels.map((panel) => ({ ...panel, title: long })) }, width),
      overlaySvg({ title: long, from: 0, until: 300, panels: [], rasters: [], stimulus: null }, width),
      overlaySvg(
        {
          title: "",
          from: 0,
          until: 300,
          panels: [{ title: "V", curves: [lane, lane, lane, lane] }],
          rasters: [],
          stimulus: null,
        },
        width,
      ),
      overlaySvg({ title: "", from: 0, until: 300, panels: [], rasters: [spikes], stimulus: null }, width),
    ];
    heads.forEach((svg, k) =>
      expect(words(svg.replace(/<title>[^<]*<\/title>/, "")), `${width} ${k}`).toContain(wanted),
    );
  }
  // What follows moves down by as much as the lines take.
  const height = (title: string): number =>
    Number(/ height="([\d.]+)"/.exec(heatMapSvg({ ...heat, title }, NARROW))?.[1]);
  expect(height(long) - height("short")).toBeGreaterThanOrEqual(3 * 17);
});

test("one curve or map alone has no legend: its title says what it would", () => {
  const [first] = heat.maps;
  if (first === undefined) throw new Error("no map");
  expect(
    texts(readXml(heatMapSvg({ ...heat, maps: [{ ...first, name: "the only one" }] }, WIDE))).join(" "),
  ).not.toContain("the only one");
  expect(texts(readXml(plotSvg({ ...plot, named: false }, WIDE))).join(" ")).not.toContain("GLIF");
  expect(texts(readXml(plotSvg(plot, WIDE))).join(" ")).toContain("GLIF");
});
