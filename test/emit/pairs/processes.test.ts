// Poisson processes that are drawn and counted by WebAssembly send the spikes of JavaScript, one by one, whatever their rate and their number.
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeModule } from "../../../src/5-emit/pairs/encode.ts";
import { CUMULATIVE, processesFunction, SENT, UNIFORMS } from "../../../src/5-emit/pairs/processes.ts";
import { pairedProcesses } from "../../../src/runtime/pairs.ts";
import { MOST_COUNTED, poissonSource, type CountTable, type PairedProcesses } from "../../../src/runtime/source.ts";
import { instantiate, type Backend } from "../../../src/simulate/load.ts";
import { planSource } from "../../conformance/harness.ts";

function spikesOf(rate: string, size: number, backend: Backend, seed: number, steps = 40): readonly string[] {
  const text = `
neuron N { state x : 1 = 1; x' = -x/(1 ms) }
network W { population A = 1 N; population P = 3 poisson(${rate}) }
experiment X of W { duration 1 s; step 0.1 ms; record P.spikes }`;
  const simulation = instantiate(planSource("processes.glif", text, "X"), { seed, backend, sizes: { P: size } });
  expect(simulation.population("P").backend ?? "javascript").toBe(backend);
  simulation.advance(steps);
  const { spikes } = simulation;
  return Array.from({ length: spikes.length }, (_, k) => `${spikes.time(k)} ${spikes.neuron(k)}`);
}

test("as JavaScript, at any rate", { timeout: 30_000 }, () => {
  const kHz = fc.oneof(
    fc.double({ min: 0, max: 3, noNaN: true }),
    // Ten spikes a step is where counts begin to be drawn otherwise.
    fc.constantFrom(0, 20, 55, 99.99, 100, 101, 400),
  );
  let sent = 0;
  fc.assert(
    fc.property(kHz, fc.integer({ min: 1, max: 90 }), fc.nat(), (rate, size, seed) => {
      const expected = spikesOf(`${rate} kHz`, size, "javascript", seed);
      sent += expected.length;
      expect(spikesOf(`${rate} kHz`, size, "webassembly", seed)).toEqual(expected);
    }),
    { numRuns: 30, seed: 1 },
  );
  expect(sent).toBeGreaterThan(10_000);
});

test("as JavaScript, at a rate that changes with the time, or from process to process", () => {
  for (const rate of ["20 kHz*(1 + sin(t/(1 ms)))", "1 kHz*i", "2 kHz*(1 + i)*(1 + cos(t/(2 ms)))"]) {
    const expected = spikesOf(rate, 70, "javascript", 3);
    expect(expected.length).toBeGreaterThan(1000);
    expect(spikesOf(rate, 70, "webassembly", 3)).toEqual(expected);
  }
});

test("processes with a rate each send what those of one rate send", () => {
  for (const rate of [0.003, 0.7, 4, 20, 99.9]) {
    const size = 50;
    const [one, each] = [Float64Array.of(rate), new Float64Array(size).fill(rate)].map((rates) =>
      poissonSource(size, rates, 0.1, 5, "P/spike"),
    );
    const fired = (source: typeof one, n: number): number[] => {
      const count = source?.fire(n) ?? 0;
      return Array.from(source?.spikes.subarray(0, count) ?? []);
    };
    for (let n = 0; n < 100; n++) expect(fired(each, n)).toEqual(fired(one, n));
  }
});

interface Engine {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
}

/** The kernel over arrays of its own, with room for so many spikes. */
function counting(size: number, room: number): PairedProcesses {
  const wasm = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
  const memory = new wasm.Memory({ initial: 4 });
  const addresses: Record<string, number> = { stopped: 0, [CUMULATIVE]: 64, [UNIFORMS]: 4096, [SENT]: 65536 };
  const around = { address: (name: string) => addresses[name] ?? NaN, literal: () => NaN };
  const code = new wasm.Module(encodeModule([processesFunction(around)]));
  const { buffer } = memory;
  return {
    ...pairedProcesses(
      {
        run: { ...new wasm.Instance(code, { env: { memory } }).exports, fillUniform: () => 0 },
        stopped: new Int32Array(buffer, 0, 1),
        found: new Int32Array(0),
        edges: new Int32Array(0),
      },
      new Float64Array(buffer, 4096, size),
      new Int32Array(buffer, 65536, room),
      new Float64Array(buffer, 64, MOST_COUNTED),
    ),
    fill: (out, low, high) => {
      for (let i = low; i < high; i++) out[i] = ((i * 7919) % 1000) / 1000 + 0.0005;
    },
  };
}

test("where more are sent than there is room for, JavaScript goes on from there", () => {
  const [size, rates, room] = [200, Float64Array.of(90), 700];
  const paired = counting(size, room);
  const few = poissonSource(size, rates, 0.1, 1, "P/spike", paired);
  const wide = poissonSource(size, rates, 0.1, 1, "P/spike", counting(size, 40 * size));
  const count = few.fire(0);
  expect(paired.stopped[0]).toBeLessThan(100);
  expect(count).toBeGreaterThan(room);
  expect(wide.fire(0)).toBe(count);
  expect(Array.from(few.spikes.subarray(0, count))).toEqual(Array.from(wide.spikes.subarray(0, count)));
  // The next step begins in the room again.
  expect(few.fire(1)).toBe(count);
});

test("the last entry of a table is beyond every number, and within the kernel's room", () => {
  const tables: CountTable[] = [];
  const spy: PairedProcesses = { ...counting(4, 2000), send: (table) => (tables.push(table), 0) };
  for (const mean of [1e-12, 0.5, 9.999999])
    poissonSource(4, Float64Array.of(mean / 0.1), 0.1, 1, "P/spike", spy).fire(0);
  expect(tables).toHaveLength(3);
  for (const { cumulative, mostly } of tables) {
    expect(cumulative.length).toBeLessThanOrEqual(MOST_COUNTED);
    expect(cumulative.at(-1)).toBe(Infinity);
    expect(mostly).toBeGreaterThanOrEqual(1);
    expect(cumulative[mostly - 1]).toBeGreaterThan(0.99);
  }
});
