// Rasters: every spike where it belongs, as strokes or, when they are many, as pixels of a sound PNG.
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Raster, Trace } from "../../src/figure/figure.ts";
import { base64, palettePng } from "../../src/figure/png.ts";
import { renderSvg } from "../../src/figure/renderSvg.ts";
import { countSpike, spikeCounts } from "../../src/figure/spikeCounts.ts";
import { all, figure, pathPoints, readXml, texts, trace } from "./helpers.ts";

/** What a reader of PNGs sees: each chunk's CRC checked bit by bit, the rows inflated by zlib. */
function decode(png: Uint8Array): {
  readonly width: number;
  readonly height: number;
  readonly pixels: number[][];
  readonly chunks: Map<string, Buffer>;
} {
  const file = Buffer.from(png);
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    let crc = 0xffffffff;
    for (const byte of body) {
      crc ^= byte;
      for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    expect(file.readUInt32BE(at + 8 + length)).toBe((crc ^ 0xffffffff) >>> 0);
    chunks.set(body.subarray(0, 4).toString("latin1"), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bits = header[8] ?? 0;
  expect([2, 4]).toContain(bits);
  expect([...header.subarray(9)]).toEqual([3, 0, 0, 0]);
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const perByte = 8 / bits;
  const stride = Math.ceil(width / perByte) + 1;
  expect(rows.length).toBe(stride * height);
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * stride]).toBe(0);
    return Array.from(
      { length: width },
      (_, x) =>
        ((rows[y * stride + 1 + Math.floor(x / perByte)] ?? 0) >> (8 - bits - bits * (x % perByte))) &
        ((1 << bits) - 1),
    );
  });
  return { width, height, pixels, chunks };
}

test("PNGs decode to the pixels that were given, in one stored block or several", () => {
  for (const [width, height] of [
    [1, 1],
    [5, 3],
    [901, 400],
    [260, 1],
  ] as const) {
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => (i * 7 + (i >> 4)) & 3);
    const png = decode(
      palettePng(
        width,
        height,
        [
          [255, 255, 255, 0],
          [1, 2, 3, 100],
          [4, 5, 6, 200],
          [7, 8, 9, 255],
        ],
        pixels,
      ),
    );
    expect([png.width, png.height]).toEqual([width, height]);
    expect(png.pixels.flat()).toEqual([...pixels]);
    expect([...(png.chunks.get("PLTE") ?? [])]).toEqual([255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...(png.chunks.get("tRNS") ?? [])]).toEqual([0, 100, 200, 255]);
    expect([...png.chunks.keys()]).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  }
});

test("of more than four colours, four bits a pixel", () => {
  const palette = Array.from({ length: 16 }, (_, k) => [k, 2 * k, 3 * k, 15 * k] as const);
  for (const width of [1, 2, 7, 840]) {
    const pixels = Uint8Array.from({ length: width * 3 }, (_, i) => (i * 7 + (i >> 3)) & 15);
    const png = decode(palettePng(width, 3, palette, pixels));
    expect(png.pixels.flat()).toEqual([...pixels]);
    expect([...(png.chunks.get("tRNS") ?? [])]).toEqual(palette.map((colour) => colour[3]));
  }
});

test("base64 of every length", () => {
  for (let length = 0; length < 10; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 91 + 200) & 255);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
});

test("few spikes are strokes: one each, at its time, neuron 0 lowest; what is outside is not shown", () => {
  const raster: Raster = {
    populations: [{ name: "E", size: 2, times: [25, 50, 75, 500, -1, 10, NaN], neurons: [0, 1, 0, 0, 0, 7, 0] }],
  };
  const root = readXml(renderSvg(figure({ raster })));
  const marks = [...(all(root, "path")[0]?.attributes["d"] ?? "").matchAll(/M([\d.]+) ([\d.]+)v([\d.]+)/g)].map((m) =>
    m.slice(1).map(Number),
  );
  expect(marks).toHaveLength(3);
  const [a, b, c] = marks.map(([x]) => x ?? NaN);
  expect((c ?? NaN) - (b ?? NaN)).toBeCloseTo((b ?? NaN) - (a ?? NaN), 1);
  expect(marks[0]?.[1]).toBeGreaterThan(marks[1]?.[1] ?? NaN);
  expect(marks[2]?.[1]).toBe(marks[0]?.[1]);
  expect(texts(root)).toContain("E");
});

test("20,000 spikes are strokes, 20,001 an image for each population, in which each is found", () => {
  const population = (
    name: string,
    size: number,
    count: number,
    time: (s: number) => number,
  ): Raster["populations"][number] => ({
    name,
    size,
    times: Float64Array.from({ length: count }, (_, s) => time(s)),
    neurons: Int32Array.from({ length: count }, (_, s) => s % size),
  });
  const strokes = readXml(
    renderSvg(figure({ raster: { populations: [population("E", 100, 20_000, (s) => s / 200)] } })),
  );
  expect(all(strokes, "image")).toHaveLength(0);
  expect(all(strokes, "path")[0]?.attributes["d"]?.match(/v/g)).toHaveLength(20_000);

  // E: neuron n of 100 fires at n ms, 200 times over; I: one spike of neuron 0 at the end
  const diagonal = population("E", 100, 20_000, (s) => s % 100);
  const [E, I] = images(
    renderSvg(figure({ raster: { populations: [diagonal, { name: "I", size: 100, times: [100], neurons: [0] }] } })),
  );
  // 2.08 rows of pixels a neuron
  expect(E?.height).toBe(208);
  expect(new Set(lit(E).map(([x]) => x)).size).toBe(100);
  expect(new Set(lit(E).map(([, y]) => y)).size).toBe(208);
  expect(lit(E).every(([, , n]) => n === 15)).toBe(true);
  for (const [x, y] of lit(E)) expect(Math.abs(x / (E?.width ?? 1) - (1 - y / (E?.height ?? 1)))).toBeLessThan(0.02);
  expect(lit(I)).toEqual([
    [(I?.width ?? 0) - 1, (I?.height ?? 0) - 2, 1],
    [(I?.width ?? 0) - 1, (I?.height ?? 0) - 1, 1],
  ]);
});

type Png = ReturnType<typeof decode>;

/** The images of a figure, and the pixels of one that are not empty: x, y and strength. */
function images(svg: string): Png[] {
  return all(readXml(svg), "image").map((image) =>
    decode(Buffer.from((image.attributes["href"] ?? "").replace("data:image/png;base64,", ""), "base64")),
  );
}
function lit(png: Png | undefined): [number, number, number][] {
  return (png?.pixels ?? []).flatMap((row, y) =>
    row.flatMap((n, x): [number, number, number][] => (n > 0 ? [[x, y, n]] : [])),
  );
}

/** A population of which only counts are left: 840 columns for 100 ms, a row for each of its four neurons. */
function counted(
  spikes: readonly (readonly [time: number, neuron: number, times?: number])[],
  until = 100,
): Raster["populations"][number] {
  const counts = spikeCounts(840, 4, until);
  for (const [time, neuron, times = 1] of spikes) for (let k = 0; k < times; k++) countSpike(counts, 4, time, neuron);
  return { name: "C", size: 4, times: [], neurons: [], counts };
}

test("counts of spikes are drawn where the spikes would be; outside there are none", () => {
  const svg = renderSvg(
    figure({
      raster: {
        populations: [
          counted([
            [0, 0],
            [50, 3],
            [100, 1],
            [-1, 0],
            [101, 0],
            [50, 4],
            [NaN, 0],
          ]),
        ],
      },
    }),
  );
  const [png] = images(svg);
  expect([png?.width, png?.height]).toEqual([840, 56]);
  // 14 rows of pixels a neuron, neuron 0 lowest
  const rows = (neuron: number): number[] => Array.from({ length: 14 }, (_, k) => 56 - 14 * (neuron + 1) + k);
  expect(lit(png).sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual([
    ...rows(0).map((y) => [0, y, 1]),
    ...rows(3).map((y) => [420, y, 1]),
    ...rows(1).map((y) => [839, y, 1]),
  ]);
  const image = all(readXml(svg), "image")[0]?.attributes ?? {};
  expect([Number(image["x"]), Number(image["width"])]).toEqual([132, 840]);
});

test("many spikes in a cell are darker than few, in proportion; few are told apart", () => {
  const strength = (...counts: readonly number[]): number[] => {
    const [png] = images(
      renderSvg(figure({ raster: { populations: [counted(counts.map((n, k) => [k * 20 + 1, 0, n] as const))] } })),
    );
    return lit(png)
      .filter(([, y]) => y === 55)
      .map(([, , n]) => n);
  };
  expect(strength(1, 2, 3)).toEqual([1, 2, 3]);
  const many = strength(1, 25, 50, 100, 100);
  expect(many).toEqual([1, 4, 8, 15, 15]);
});

test("of a run that was stopped only the counts up to its end are shown", () => {
  const svg = renderSvg(
    figure({
      duration: 25,
      raster: {
        populations: [
          counted([
            [10, 0],
            [24, 1],
          ]),
        ],
      },
    }),
  );
  const [png] = images(svg);
  expect(png?.width).toBe(210);
  expect(new Set(lit(png).map(([x]) => x))).toEqual(new Set([84, 201]));
  expect(Number(all(readXml(svg), "image")[0]?.attributes["width"])).toBe(840);
});

test("a rate brings the size and itself to the side: below the name where there is room, else beside it", () => {
  const empty = { times: [], neurons: [] };
  const raster = {
    populations: [
      { name: "L23E", size: 20_683, rate: 0.90197, ...empty },
      { name: "L5I", size: 1065, rate: 8.6295, ...empty },
    ],
  };
  const root = readXml(renderSvg(figure({ raster })));
  expect(texts(root)).toEqual(expect.arrayContaining(["L23E", "20,683, 0.902 Hz", "L5I 1,065, 8.63 Hz"]));
  const [name, numbers] = ["L23E", "20,683, 0.902 Hz"].map(
    (content) => all(root, "text").find((e) => texts(e).includes(content))?.attributes,
  );
  expect(Number(numbers?.["y"]) - Number(name?.["y"])).toBe(16);
  // the widest label stays on the page
  expect(Number(name?.["x"]) - "L5I 1,065, 8.63 Hz".length * 7).toBeGreaterThan(0);
});

test("rates of populations stand under the raster in its colours, on 0, without a legend", () => {
  const rate = (label: string, y: readonly number[]): Trace => ({
    name: "rate",
    label,
    unit: "Hz",
    t: [0, 50, 50, 100],
    y,
  });
  const populations = ["E", "I"].map((name) => ({ name, size: 30, times: [1], neurons: [1] }));
  const root = readXml(
    renderSvg(
      figure({
        raster: { populations },
        panels: [
          { title: "V (mV)", kind: "state", traces: [trace([1, 2, 3], 50)] },
          { title: "rate (Hz)", kind: "rate", traces: [rate("E", [10, 10, 20, 20]), rate("I", [0, 0, 5, 5])] },
        ],
      }),
    ),
  );
  const paths = all(root, "path")
    .map((p) => ({ stroke: p.attributes["stroke"], points: pathPoints(p.attributes["d"] ?? "") }))
    .filter((p) => p.points.length === 4);
  expect(paths.map((p) => p.stroke)).toEqual(["#0072B2", "#E69F00"]);
  const [E, I] = paths.map((p) => p.points.map(({ y }) => y));
  // below each other: twice the rate is twice as high over the axis, which is where I lies at first
  const axis = I?.[0] ?? NaN;
  expect(axis - (E?.[3] ?? NaN)).toBeCloseTo(2 * (axis - (E?.[0] ?? NaN)), 1);
  expect(texts(root)).toContain("rate (Hz)");
  expect(texts(root).filter((t) => t === "E")).toHaveLength(1);
  const titles = all(root, "text")
    .filter((e) => ["rate (Hz)", "V (mV)"].includes(texts(e)[0] ?? ""))
    .map((e) => [texts(e)[0], Number(e.attributes["y"])]);
  expect(titles.map(([title]) => title)).toEqual(["rate (Hz)", "V (mV)"]);
});

test("a raster without spikes, a population of nobody, very many populations", () => {
  const empty = { times: [], neurons: [] };
  readXml(renderSvg(figure({ raster: { populations: [{ name: "E", size: 10, ...empty }] } })));
  readXml(renderSvg(figure({ raster: { populations: [{ name: "E", size: 0, ...empty }] } })));
  const many = Array.from({ length: 300 }, (_, i) => ({ name: `P${i}`, size: 5, times: [1], neurons: [0] }));
  const svg = renderSvg(figure({ raster: { populations: many } }));
  expect(all(readXml(svg), "path").filter((p) => /v/.test(p.attributes["d"] ?? ""))).toHaveLength(300);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(texts(readXml(renderSvg(figure({ raster: { populations: [] } }))))).toContain("nothing was recorded");
});
