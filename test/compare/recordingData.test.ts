// A recording of voltages alone has the spikes of every neuron that it shows.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { recordingRuns } from "../../src/compare/recordingData.ts";
import { readRecording } from "../../src/recording/parse.ts";

test("spikes are where each recorded voltage rises through 0 mV, neuron by neuron, and that is told", () => {
  const text = "t_ms,E[0].V (mV),E[1].V (mV)\n0,-60,-60\n1,20,-60\n2,-60,-60\n3,-60,60\n";
  const { recording } = readRecording(sourceText("cell.csv", text));
  if (recording === null) throw new Error("not read");
  const { runs, notes } = recordingRuns(recording, 10);
  // By linear interpolation: 0.75 of the way from -60 to 20, half of that from -60 to 60.
  expect(runs.map((run) => run.populations.map((p) => [p.name, p.size, [...p.times], [...p.neurons]]))).toEqual([[["E", 2, [0.75, 2.5], [0, 1]]]]);
  expect(notes).toEqual(["the recording has no list of spikes: they are where V rises through 0 mV"]);
});

test("a voltage that never comes so far has no spikes, and nothing is said of them", () => {
  const { recording } = readRecording(sourceText("cell.csv", "t_ms,V (mV)\n0,-60\n1,-50\n"));
  if (recording === null) throw new Error("not read");
  const { runs, notes } = recordingRuns(recording, 10);
  expect([runs.length, runs[0]?.populations[0]?.times.length, notes]).toEqual([1, 0, []]);
});
