// Finding columns in a recording, and spikes in a voltage.
import { expect, test } from "vitest";
import { sourceText, span, textOf } from "../../src/base/source.ts";
import { CURRENT, VOLTAGE } from "../../src/quantities/dimension.ts";
import { readRecording } from "../../src/recording/parse.ts";
import { spikesIn, traceOf, upwardCrossings } from "../../src/recording/recording.ts";
import type { Recording } from "../../src/recording/recording.ts";

/** Where a measure asks for it. */
const HERE = span(sourceText("a.glif", "trace_rmse(V)"), 0, 13);

function read(text: string): Recording {
  const { recording } = readRecording(sourceText("cell.csv", text));
  if (recording === null) throw new Error("nothing was read");
  return recording;
}

const recording = read("t (ms),E[0].V (mV),E[3].V (mV),I.V (pA)\n0,1,2,3\n");

test("a column is found by name, population and neuron", () => {
  const found = (wanted: { population?: string; neuron?: number }): unknown => {
    const trace = traceOf(recording, { name: "V", dimension: VOLTAGE, ...wanted }, HERE);
    return "code" in trace ? trace.code : [trace.population, trace.neuron, trace.y[0]];
  };
  expect(found({})).toEqual(["E", 0, 1]);
  expect(found({ neuron: 3 })).toEqual(["E", 3, 2]);
  expect(found({ population: "E", neuron: 3 })).toEqual(["E", 3, 2]);
  expect(found({ population: "X" })).toBe("recording/no-such-column");
  // A column that names no neuron is of whichever is asked for.
  const plain = traceOf(
    read("t (ms),V (mV)\n0,7\n"),
    { name: "V", dimension: VOLTAGE, population: "E", neuron: 5 },
    HERE,
  );
  expect("code" in plain ? plain.code : plain.y[0]).toBe(7);
});

test("what is not there, or is another kind of quantity, is told", () => {
  expect(traceOf(recording, { name: "w", dimension: CURRENT }, HERE)).toMatchObject({
    code: "recording/no-such-column",
    message: "the recording cell.csv has no `w`",
    help: [
      "it has `E[0].V (mV)`, `E[3].V (mV)`, `I.V (pA)`",
      'where it is called otherwise there, say so: `recording("cell.csv", w: "V")`',
    ],
    primary: { span: HERE },
  });
  const other = traceOf(recording, { name: "V", dimension: CURRENT }, HERE);
  expect(other).toMatchObject({
    code: "recording/other-quantity",
    message: "`V` is a voltage (mV) in the recording and a current (pA) in the model",
    primary: { span: HERE },
  });
  expect("code" in other ? other.secondary.map(({ span: at }) => textOf(at)) : []).toEqual(["E[0].V (mV)"]);
  expect(traceOf(read("t (ms)\n1\n"), { name: "V", dimension: VOLTAGE }, HERE)).toMatchObject({
    code: "recording/no-such-column",
    help: ["it has spikes alone"],
  });
});

test("spikes are upward crossings of a level, interpolated", () => {
  const crossings = (y: number[], level: number): number[] => [
    ...upwardCrossings({ t: Float64Array.from(y, (_, k) => 0.5 * k), y: Float64Array.from(y) }, level),
  ];
  expect(crossings([-60, -20, 20, -60, -70, -10, 30], 0)).toEqual([0.75, 2.625]);
  // On the level from below; along it; from it.
  expect(crossings([-1, 0, -1, 0, 0, 1], 0)).toEqual([0.5, 1.5]);
  expect(crossings([5, 5, -5, 5], 0)).toEqual([1.25]);
  expect(crossings([], 0)).toEqual([]);
  expect(crossings([-65, -64], 0)).toEqual([]);
});

test("the spikes of a recording are those it holds, or those in its voltages", () => {
  expect(spikesIn(read("t (ms),neuron\n5,1\n3,0\n"), 0)).toEqual([
    { population: null, neuron: 0, repeat: null, sweep: null, times: Float64Array.of(3) },
    { population: null, neuron: 1, repeat: null, sweep: null, times: Float64Array.of(5) },
  ]);
  const traces = read("t (ms),I (pA),E[2].V (V)\n0,-1,-0.06\n1,1,0.02\n2,-1,-0.06\n3,1,-0.05\n");
  expect(spikesIn(traces, 0)).toEqual([
    { population: "E", neuron: 2, repeat: null, sweep: null, times: Float64Array.of(0.75) },
  ]);
  expect(spikesIn(traces, -55).map(({ times }) => times.length)).toEqual([2]);
  expect(spikesIn(traces, 30).map(({ times }) => times.length)).toEqual([0]);
});
