// Rasters: every spike where it belongs, as strokes or, when they are many, as pixels of a sound PNG.
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Raster } from "../../src/figure/figure.ts";
import { base64, palettePng } from "../../src/figure/png.ts";
import { renderSvg } from "../../src/figure/renderSvg.ts";
import { all, figure, readXml, texts } from "./helpers.ts";

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
  expect([...header.subarray(8)]).toEqual([2, 3, 0, 0, 0]);
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const stride = Math.ceil(width / 4) + 1;
  expect(rows.length).toBe(stride * height);
  const pixels = Array.from({ length: height }, (_, y) => {
    expect(rows[y * stride]).toBe(0);
    return Array.from({ length: width }, (_, x) => ((rows[y * stride + 1 + (x >> 2)] ?? 0) >> (6 - 2 * (x & 3))) & 3);
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

test("base64 of every length", () => {
  for (let length = 0; length < 10; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 91 + 200) & 255);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
});

test("few spikes are strokes: one each, at its time, neuron 0 lowest; what is outside is not shown", () => {
  const raster: Raster = { populations: [{ name: "E", size: 2, times: [25, 50, 75, 500, -1, 10, NaN], neurons: [0, 1, 0, 0, 0, 7, 0] }] };
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
  const population = (name: string, size: number, count: number, time: (s: number) => number): Raster["populations"][number] => ({
    name,
    size,
    times: Float64Array.from({ length: count }, (_, s) => time(s)),
    neurons: Int32Array.from({ length: count }, (_, s) => s % size),
  });
  const strokes = readXml(renderSvg(figure({ raster: { populations: [population("E", 100, 20_000, (s) => s / 200)] } })));
  expect(all(strokes, "image")).toHaveLength(0);
  expect(all(strokes, "path")[0]?.attributes["d"]?.match(/v/g)).toHaveLength(20_000);

  // E: neuron n of 100 fires at n ms, 200 times over; I: one spike of neuron 0 at the end
  const diagonal = population("E", 100, 20_000, (s) => s % 100);
  const root = readXml(renderSvg(figure({ raster: { populations: [diagonal, { name: "I", size: 100, times: [100], neurons: [0] }] } })));
  const [E, I] = all(root, "image").map((image) =>
    decode(Buffer.from((image.attributes["href"] ?? "").replace("data:image/png;base64,", ""), "base64")),
  );
  const lit = (png: typeof E): [number, number, number][] =>
    (png?.pixels ?? []).flatMap((row, y) => row.flatMap((n, x): [number, number, number][] => (n > 0 ? [[x, y, n]] : [])));
  expect(lit(E)).toHaveLength(100);
  expect(lit(E).every(([, , n]) => n === 3)).toBe(true);
  for (const [x, y] of lit(E)) expect(Math.abs(x / (E?.width ?? 1) - (1 - y / (E?.height ?? 1)))).toBeLessThan(0.02);
  // 2.08 pixels a neuron: the middle of the lowest is in the last row but one
  expect(lit(I)).toEqual([[(I?.width ?? 0) - 1, (I?.height ?? 0) - 2, 1]]);
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
