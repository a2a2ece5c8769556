// The HTML report: everything that was found stands in it, nothing that a user wrote gets out as markup, and it needs nothing but itself.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ComparisonTraces } from "../../src/compare/comparison.ts";
import { figuresOf, reportFigures } from "../../src/report/figures.ts";
import { htmlReport } from "../../src/report/html.ts";
import { viewOf } from "../../src/report/view.ts";
import { readXml } from "../figure/helpers.ts";
import { hostile, levels, NO_TRACES, small, swept } from "./fixture.ts";

const { result, traces } = levels(4);
const page = htmlReport(result, traces);

/** What a reader reads. */
function read(html: string): string {
  return html
    .replace(/<style>[^]*?<\/style>/, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

/** The body for a strict reader of XML, which knows no `<br>` and no digit in a name. */
function strict(html: string): string {
  return html
    .replace(/^[^]*<body>/, "<body>")
    .replace(/<\/body>[^]*$/, "</body>")
    .replaceAll("<br>", "<br/>")
    .replace(/<(\/?)h\d/g, "<$1h");
}

test("the same result gives the same bytes", () => {
  expect(htmlReport(structuredClone(result), traces)).toBe(page);
});

test("it stands alone: a strict policy, no script, no address but the names of XML, no handler", () => {
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;`.replaceAll("&#39;", "'"),
  );
  expect(page).not.toMatch(/<script|javascript:|\son\w+=|<link rel="stylesheet|@import|url\(|<iframe|<object|<form/i);
  const addresses = new Set([...page.matchAll(/(?:https?:)?\/\/[\w.-]+/g)].map((match) => match[0]));
  expect([...addresses]).toEqual(["http://www.w3.org"]);
  for (const [, address] of page.matchAll(/(?:href|src)="([^"]*)"/g)) expect(address).toMatch(/^(#|data:)/);
});

test("every link leads to a place in the page, and no place has two", () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});

test("its tags are closed in order", () => {
  expect(() => readXml(strict(page))).not.toThrow();
});

test("the answer: what differs in the model and the behaviour, what explains it, what is nearest the recording", () => {
  const said = read(page);
  expect(said).toContain("5 variants under Step (600 ms), 4 seeds each. Differences are taken to GLIF1.");
  expect(said).toContain("after-spike currents I[1..2] in the input + their reset.");
  const model = result.contrasts.filter((c) => c.verdict === "model").length;
  expect(said).toContain(`Of 20 differences from GLIF1, ${model} are due to the model`);
  expect(said).toContain("GLIF5 is nearest by 1 of 2 measures.");
  const rate = result.contrasts.find((c) => c.variant === 2 && c.measure === 0);
  expect(said).toContain(rate?.sentence ?? "?");
});

test("models with what was changed, structural items before and after, methods with their reasons, how to run it again", () => {
  const said = read(page);
  for (const item of result.structure.flatMap((s) => s.items)) {
    expect(said).toContain(`${item.part} ${item.change}`);
    if (item.after !== null) expect(said).toContain(item.after.replace(/\s+/g, " "));
  }
  for (const expected of [
    "a_v = 9.2 /s",
    "exact propagator, because they are linear",
    "sha256:9d2f0c6b51a4e7",
    "1 to 4",
    "glif compare levels.glif Levels",
  ])
    expect(said).toContain(expected);
  for (const measure of result.measures) {
    expect(said).toContain(measure.source);
    expect(said).toContain(measure.definition.slice(1));
    // curves are no columns of the table
    if (measure.name !== "fi_curve") expect(page).toContain(`title="${measure.definition}"`);
  }
  for (const note of result.notes) expect(said).toContain(note);
});

test("a value that is not defined is a dash with its reason, one that is defined for some seeds says for how many", () => {
  const base = small(2);
  const cells = base.cells.map((cell, k) =>
    k === 0
      ? { ...cell, values: [null, null], mean: null, interval: null, undefinedBecause: "no spike after the onset" }
      : k === 1
        ? { ...cell, values: [3, null], mean: 3, interval: null, undefinedBecause: "no spike after the onset" }
        : cell,
  );
  const said = read(htmlReport({ ...base, cells }, NO_TRACES));
  expect(said).toContain("\u2014 no spike after the onset");
  expect(said).toContain("3 not defined in 1 of 2: no spike after the onset");
});

test("everything hostile is text: no tag, no quote that ends an attribute, no mark of direction, nothing endless", () => {
  const bad = hostile();
  const html = htmlReport(bad.result, bad.traces);
  expect(html).not.toMatch(/<script|<\/title><\/style>/i);
  expect(html).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u2028\u202A-\u202E]/);
  expect(html.match(/<title>/g)?.length).toBe(1 + 2 * figuresOf(viewOf(bad.result), bad.traces).length);
  expect(html.length).toBeLessThan(400_000);
  expect(() => readXml(strict(html))).not.toThrow();
  expect(read(html)).toContain("The comparison was stopped before its end");
});

test("one variant, twelve, no experiment in common, no measure, no spikes: each makes a page that says so", () => {
  expect(read(htmlReport(small(1, { contrasts: [], structure: [] }), NO_TRACES))).toContain(
    "There is one variant alone: no differences.",
  );
  expect(read(htmlReport(small(12), NO_TRACES))).toContain("variant 12");
  expect(read(htmlReport(small(2, { experiments: [], cells: [], contrasts: [] }), NO_TRACES))).toContain(
    "nothing was measured",
  );
  expect(() => htmlReport(small(2, { measures: [], cells: [], contrasts: [] }), NO_TRACES)).not.toThrow();
  const silent: ComparisonTraces = {
    overlays: [
      {
        experiment: 0,
        from: 0,
        until: 500,
        panels: [],
        rasters: [{ label: "variant 1", variant: 0, rows: 2, rowsAre: "seeds", times: [], row: [] }],
        stimulus: null,
      },
    ],
  };
  expect(read(htmlReport(small(1), silent))).toContain("no spikes");
});

test("a sweep over one parameter has a curve a measure, over two a map and one of differences, over three a slice that is said, of draws a cloud a parameter", () => {
  const names = (r: ReturnType<typeof swept>): string[] =>
    reportFigures(r, NO_TRACES)
      .map((f) => f.name)
      .filter((n) => n.startsWith("sweep"));
  expect(names(swept(2, [10]))).toEqual(["sweep-rate", "sweep-latency", "sweep-cv_isi"]);
  expect(names(swept(2, [4, 3]))).toEqual([
    "sweep-rate",
    "sweep-rate-differences",
    "sweep-latency",
    "sweep-latency-differences",
    "sweep-cv_isi",
    "sweep-cv_isi-differences",
  ]);
  expect(names(swept(1, [20, 20], "draws"))).toEqual([
    "sweep-rate-b_s",
    "sweep-rate-E-t_ref",
    "sweep-latency-b_s",
    "sweep-latency-E-t_ref",
    "sweep-cv_isi-b_s",
    "sweep-cv_isi-E-t_ref",
  ]);
  expect(read(htmlReport(swept(1, [4, 3, 5]), NO_TRACES))).toContain(
    "The slice at C = 0.03 ms; all points are in sweep.csv.",
  );
});

test("a page stays below 3 MB: 20 seeds of five variants, a sweep of 1000 points, and figures beyond measure are left to their files", () => {
  expect(page.length).toBeLessThan(1_000_000);
  expect(htmlReport(swept(5, [1000]), NO_TRACES).length).toBeLessThan(1_000_000);
  const t = Float64Array.from({ length: 200_000 }, (_, i) => i / 100);
  const y = t.map((_, i) => (i % 211) - 70);
  const panel = (k: number): ComparisonTraces["overlays"][number]["panels"][number] => ({
    title: `x${k} (mV)`,
    unit: "mV",
    curves: Array.from({ length: 12 }, (_, v) => ({ label: `variant ${v + 1}`, variant: v, t, y })),
  });
  const much = htmlReport(small(12), {
    overlays: [
      { experiment: 0, from: 0, until: 2000, panels: [0, 1, 2, 3, 4, 5, 6, 7].map(panel), rasters: [], stimulus: null },
    ],
  });
  expect(much.length).toBeLessThan(3_000_000);
  expect(read(much)).toContain("Left out here to keep this page small: see overlay-Step-8.svg");
});

test("numbers at the ends of double precision, infinite ones and none: no figure breaks, no NaN is read", () => {
  const odd = fc.oneof(
    fc.double(),
    fc.constantFrom(NaN, Infinity, -Infinity, 1.7e308, -1.7e308, 5e-324, 0, -0),
    fc.constant(null),
    fc.double({ min: -100, max: 100, noNaN: true }),
  );
  const property = fc.property(
    fc.array(odd, { minLength: 300, maxLength: 300 }),
    fc.constantFrom([7], [3, 4], [2, 3, 2]),
    (numbers, lengths) => {
      let k = 0;
      const next = (): number | null => numbers[k++ % numbers.length] ?? null;
      const number = (): number => next() ?? 1;
      const pair = (): readonly [number, number] | null => (next() === null ? null : [number(), number()]);
      const base = swept(2, lengths);
      const curve = (): NonNullable<(typeof base.cells)[number]["curve"]> => ({
        x: [number(), number(), 3, 4, 5],
        y: [next(), next(), next(), 1, 2],
        halfWidth: [next(), next(), null, 1, 2],
        xName: "x",
        xUnit: "",
        yName: "y",
        yUnit: "",
      });
      const extreme = {
        ...base,
        cells: base.cells.map((cell, i) => ({
          ...cell,
          values: [next()],
          mean: next(),
          interval: pair(),
          stepEffect: next(),
          curve: i % 3 === 2 ? curve() : null,
        })),
        contrasts: base.contrasts.map((c) => ({
          ...c,
          difference: next(),
          interval: pair(),
          seedSpread: next(),
          stepError: next(),
        })),
        sweep: {
          axes: base.sweep?.axes ?? [],
          points: (base.sweep?.points ?? []).map((p) => ({
            ...p,
            means: p.means.map(next),
            intervals: p.means.map(pair),
          })),
        },
      };
      const panel = {
        title: "V (mV)",
        unit: "mV",
        curves: [{ label: "a", variant: 0, t: [0, 1, 2], y: [number(), number(), number()] }],
      };
      const drawn = htmlReport(extreme, {
        overlays: [
          {
            experiment: 0,
            from: 0,
            until: number(),
            panels: [panel],
            rasters: [{ label: "a", variant: 0, rows: 2, rowsAre: "seeds", times: [number(), 1], row: [0, 1] }],
            stimulus: null,
          },
        ],
      });
      expect(
        /.{0,80}(?:="[^"]*(?:NaN|Infinity|undefined)|>(?:NaN|Infinity|undefined)<)/.exec(drawn)?.[0],
      ).toBeUndefined();
    },
  );
  fc.assert(property, { numRuns: 25 });
});

test("names of figure files are distinct, and nothing in them leaves the folder", () => {
  const bad = hostile();
  for (const figures of [reportFigures(result, traces), reportFigures(bad.result, bad.traces)]) {
    expect(new Set(figures.map((f) => f.name)).size).toBe(figures.length);
    for (const { name, svg } of figures) {
      expect(name).toMatch(/^[\p{L}\p{N}_-]{1,200}$/u);
      expect(() => readXml(svg)).not.toThrow();
    }
  }
  expect(reportFigures(result, traces).map((f) => f.name)).toEqual([
    "contrasts",
    "overlay-Step",
    "raster-Step",
    "curve-fi_curve",
  ]);
});

test("several figures of a sweep stand in pairs on paper; long names of parameters break behind a `_`", () => {
  const result = swept(1, [4, 3]);
  const name = "inhibition_relative_to_excitation_weight";
  const page = htmlReport(
    {
      ...result,
      sweep:
        result.sweep === null
          ? null
          : { ...result.sweep, axes: result.sweep.axes.map((axis, k) => (k === 0 ? { ...axis, name } : axis)) },
    },
    NO_TRACES,
  );
  const pairs = page.slice(
    page.indexOf('<div class="paired">'),
    page.indexOf("</section>", page.indexOf('<div class="paired">')),
  );
  expect(pairs.match(/<figure /g)?.length).toBe(
    result.measures.filter((_, m) => result.sweep?.points.some((p) => p.means[m] != null)).length,
  );
  expect(page).toMatch(/@media print \{[^]*\.paired figure \{ display: inline-block; width: 44%/);
  expect(page).toContain(name.replaceAll("_", "_<wbr/>"));
});

test("a label that is shortened stands in full in the table of models; what notes quote is code; a table of measures has cards", () => {
  const label = "a cell with a much larger membrane, as of Teeter et al. (2018), fitted anew to the same recordings";
  const { result: one } = levels(4);
  const told = htmlReport(
    {
      ...one,
      variants: one.variants.map((v, k) => (k === 0 ? { ...v, label } : v)),
      notes: ["one seed: `seeds 20` or `--seeds 20` tells <b>"],
    },
    NO_TRACES,
  );
  expect(told).toContain(`<small class="soft">${label}</small>`);
  expect(told.split(label)).toHaveLength(2);
  expect(told).toContain(
    '<li>one seed: <code class="whole">seeds 20</code> or <code class="whole">--seeds 20</code> tells &lt;b&gt;</li>',
  );
  expect(told).toMatch(/<td class="number" data-label="firing rate \(Hz\)">/);
  expect(page).not.toContain('<small class="soft">GLIF1');
});
