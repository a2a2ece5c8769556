// Traces: mean, spread, and how far one is from another, away from spikes or everywhere.
import { expect, test } from "vitest";
import { traceExplainedVariance, traceMean, traceRmse, traceSd } from "../../src/measures/traces.ts";
import { reference, trace } from "./reference.ts";

const { t, y, spikes, model: fine } = reference.traces;
const around = { before: 5, after: 10 };

test("as numpy has them", () => {
  const own = trace(t, y[0], spikes.slice(0, 1));
  const model = trace(fine.t, fine.y, spikes.slice(1));
  expect(traceMean(own)).toBeCloseTo(reference.traces.mean, 12);
  expect(traceSd(own)).toBeCloseTo(reference.traces.sd, 12);
  expect(traceRmse(model, own, null)).toBeCloseTo(reference.traces.rmse, 12);
  // Spikes of either trace are cut out.
  expect(traceRmse(model, own, around)).toBeCloseTo(reference.traces.subthreshold_rmse, 12);
  expect(traceExplainedVariance(model, own, around)).toBeCloseTo(reference.traces.explained_variance, 12);
});

test("a constant difference is all error and no variance", () => {
  const [a, b] = [trace([0, 1, 2, 3], [-65, -64, -63, -65]), trace([0, 1, 2, 3], [-62, -61, -60, -62])];
  expect(traceRmse(a, b, null)).toBe(3);
  expect(traceExplainedVariance(a, b, around)).toBe(1);
  expect(traceRmse(a, a, null)).toBe(0);
});

test("cut-outs hold their edges: [spike - before, spike + after]", () => {
  const times = Array.from({ length: 31 }, (_, k) => k);
  const flat = trace(
    times,
    times.map(() => 0),
    [10],
  );
  const marked = (at: number): number =>
    traceRmse(
      flat,
      trace(
        times,
        times.map((k) => (k === at ? 1 : 0)),
      ),
      around,
    ) ?? NaN;
  expect([4, 5, 10, 20, 21].map((k) => marked(k) > 0)).toEqual([true, false, false, false, true]);
});

test("an edge is inside at every step of 0.1 ms, whatever rounding makes of 5.3 - 5", () => {
  const times = Array.from({ length: 301 }, (_, k) => k / 10);
  const kept = (spike: number): number[] => {
    const flat = trace(
      times,
      times.map(() => 0),
      [spike],
    );
    return times.filter(
      (at) =>
        (traceRmse(
          flat,
          trace(
            times,
            times.map((t) => (t === at ? 1 : 0)),
          ),
          around,
        ) ?? 0) > 0,
    );
  };
  for (let k = 52; k < 150; k++) expect([k, kept(k / 10).length]).toEqual([k, 301 - 151]);
});

test("only the time that both were recorded counts", () => {
  const [a, b] = [trace([0, 1, 2], [0, 0, 0]), trace([1.5, 2, 2.5], [4, 4, 100])];
  expect(traceRmse(a, b, null)).toBe(4);
  expect(traceRmse(trace([10, 11], [0, 0]), b, null)).toBeNull();
  expect(traceRmse(trace([], []), b, null)).toBeNull();
  expect(traceMean(trace([], []))).toBeNull();
  expect(traceSd(trace([], []))).toBeNull();
  expect(traceExplainedVariance(a, trace([0, 1], [-65.1, -65.1]), around)).toBeNull();
  expect(traceRmse(trace([1.5], [7]), b, null)).toBe(3);
});

test("a deviation around -65 mV keeps its digits", () => {
  expect(traceSd(trace([0, 1], [-65 - 1e-9, -65 + 1e-9]))).toBeCloseTo(1e-9, 14);
  expect(traceSd(trace([0, 1, 2], [-65.3, -65.3, -65.3]))).toBe(0);
});
