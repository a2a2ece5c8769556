// Comparisons of a window: what lies outside of it is not seen, of several the mean is taken, and what it hides of runs it hides of a recording.
import { expect, test } from "vitest";
import { recordingOf } from "../../src/compare/recordingData.ts";
import { cell, NEURONS, outcomesOf, readyFrom, resultOf } from "./helpers.ts";

/** LIF spikes at 7, 14, …, 98 ms. */
const comparison = (more: string): string =>
  `${NEURONS}\ncomparison C { models LIF, LIF { τ = 20 ms } as "slow"; under Drive; ${more} }`;

async function valueOf(measure: string, window: string, more = ""): Promise<number | null> {
  const ready = readyFrom(comparison(`measure ${measure}; ${more}${window}`), { stepCheck: false });
  return cell(resultOf(ready, await outcomesOf(ready)), "LIF", measure).mean;
}

test("measures see a window alone: rates count its spikes, latencies begin with it", async () => {
  expect(await valueOf("rate", "window 20 ms .. 30 ms")).toBe(200);
  expect(await valueOf("rate", "window 22 ms .. 27 ms")).toBe(0);
  expect(await valueOf("latency", "window 30 ms .. 60 ms")).toBeCloseTo(5, 9);
  expect(await valueOf("rate", "")).toBe(140);
});

test("of several windows the mean counts, over those in which a measure is defined", async () => {
  expect(await valueOf("rate", "window 20 ms .. 30 ms, 60 ms .. 80 ms")).toBe((200 + 150) / 2);
  expect(await valueOf("latency", "window 30 ms .. 60 ms, 64 ms .. 69 ms")).toBeCloseTo(5, 9);
});

test("distances between variants are those of the window", async () => {
  const distance = async (window: string): Promise<number | null> => {
    const ready = readyFrom(comparison(`measure victor_purpura(cost: 0 /ms); ${window}`), { stepCheck: false });
    return cell(resultOf(ready, await outcomesOf(ready)), "slow", "victor_purpura(cost: 0 /ms)").mean;
  };
  const [all, first, second] = [
    await distance(""),
    await distance("window 0 ms .. 50 ms"),
    await distance("window 50.05 ms .. 100 ms"),
  ];
  // Without a cost of moving spikes it is the difference of their numbers, which add up.
  expect(all).toBe((first ?? NaN) + (second ?? NaN));
  expect(first).toBeGreaterThan(0);
});

test("a recording is seen through the same window", async () => {
  const files = { "cell.csv": "t (ms)\n7\n14\n21\n28\n90\n91\n92\n" };
  const distance = async (window: string): Promise<number | null> => {
    const ready = readyFrom(
      comparison(`reference recording("cell.csv"); measure victor_purpura(cost: 0 /ms); ${window}`),
      {
        stepCheck: false,
        files,
      },
    );
    const runs = recordingOf(ready.prepared)?.recording?.runs ?? [];
    return cell(resultOf(ready, await outcomesOf(ready, { recording: runs })), "LIF", "victor_purpura(cost: 0 /ms)")
      .mean;
  };
  expect(await distance("window 0 ms .. 30 ms")).toBe(0);
  expect(await distance("window 89 ms .. 93 ms")).toBe(2);
});

test("a column that is called otherwise is held against the variable that names it", () => {
  const files = { "cell.csv": "t (ms),seen (mV),other (mV)\n0,0,5\n50,0,5\n100,0,5\n" };
  const diagnostics = (recording: string): readonly string[] =>
    (
      recordingOf(
        readyFrom(comparison(`reference recording(${recording}); measure trace_mean(V), trace_rmse(V)`), {
          stepCheck: false,
          files,
        }).prepared,
      )?.diagnostics ?? []
    ).map((d) => `${d.code}: ${d.help.join("; ")}`);
  expect(diagnostics('"cell.csv", V: "seen"')).toEqual([]);
  expect(diagnostics('"cell.csv"')).toEqual([
    'recording/no-such-column: it has `seen (mV)`, `other (mV)`; where it is called otherwise there, say so: `recording("cell.csv", V: "V")`',
  ]);
  expect(diagnostics('"cell.csv", V: "sean"')[0]).toMatch(/^recording\/no-such-column: it has `seen \(mV\)`/);
  const { prepared } = readyFrom(comparison('reference recording("cell.csv", V: "other"); measure trace_rmse(V)'), {
    stepCheck: false,
    files,
  });
  expect(recordingOf(prepared)?.recording?.runs[0]?.traces.map((t) => [t.variable, t.y[0]])).toEqual([
    ["seen", 0],
    ["V", 5],
  ]);
});
