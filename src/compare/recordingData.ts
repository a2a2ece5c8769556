// A recording as the runs are held against it.
import type { Recording } from "../recording/recording.ts";
import { spikesIn } from "../recording/recording.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import { equal, VOLTAGE } from "../quantities/dimension.ts";
import type { PopulationData, RunData } from "./runData.ts";
import { listText } from "./words.ts";

export interface RecordingRuns {
  /** Repeats of the same experiment, one after the other; one where the file does not count them. */
  readonly runs: readonly RunData[];
  /** "12 spikes and 1 trace (V), 2 s" */
  readonly content: string;
  readonly notes: readonly string[];
}

/** Where a recorded membrane potential is taken to spike, mV: the foot of no spike, and below the top of every. */
const SPIKE_LEVEL = 0;

/** `longest`: duration (ms) of the longest experiment. Spike times do not tell when the recording ended: it is taken to be as long. */
export function recordingRuns(recording: Recording, longest: number): RecordingRuns {
  const { traces, spikes, until } = recording;
  const notes: string[] = [];
  const duration = traces.length > 0 ? until : Math.max(until, longest);
  const found = spikesIn(recording, SPIKE_LEVEL);
  if (spikes.length === 0 && found.some((s) => s.times.length > 0)) {
    const voltages = [...new Set(traces.filter((t) => equal(t.unit.dimension, VOLTAGE)).map((t) => t.name))];
    notes.push(`the recording has no list of spikes: they are where ${listText(voltages)} ${voltages.length === 1 ? "rises" : "rise"} through ${SPIKE_LEVEL} mV`);
  }
  const all = found.length > 0 ? found : [{ population: null, neuron: null, repeat: null, times: new Float64Array() }];
  const repeats = [...new Set(all.map((s) => s.repeat))];
  const runs = repeats.map((repeat): RunData => ({
    duration,
    populations: populationsOf(all.filter((s) => s.repeat === repeat)),
    traces: traces.map(({ population, neuron, name, unit, t, y }) => ({ population: population ?? "", neuron: neuron ?? 0, variable: name, unit: canonicalUnit(unit.dimension).text, t, y })),
  }));
  const count = all.reduce((sum, s) => sum + s.times.length, 0);
  const names = [...new Set(traces.map((t) => t.name))];
  const parts = [
    ...(count > 0 || traces.length === 0 ? [`${count} ${count === 1 ? "spike" : "spikes"}${repeats.length > 1 ? ` in ${repeats.length} repeats` : ""}`] : []),
    ...(traces.length > 0 ? [`${traces.length} ${traces.length === 1 ? "trace" : "traces"} (${names.join(", ")})`] : []),
  ];
  return { runs, content: `${listText(parts)}, ${duration >= 1000 ? `${Number((duration / 1000).toPrecision(4))} s` : `${Number(duration.toPrecision(4))} ms`}`, notes };
}

function populationsOf(spikes: readonly { readonly population: string | null; readonly neuron: number | null; readonly times: Float64Array }[]): PopulationData[] {
  return [...new Set(spikes.map((s) => s.population ?? ""))].map((name): PopulationData => {
    const own = spikes.filter((s) => (s.population ?? "") === name);
    const all = own.flatMap((s) => Array.from(s.times, (time) => ({ time, neuron: s.neuron ?? 0 }))).sort((a, b) => a.time - b.time || a.neuron - b.neuron);
    const size = own.reduce((most, s) => Math.max(most, (s.neuron ?? 0) + 1), 1);
    return { name, size, isSource: false, times: Float64Array.from(all, (s) => s.time), neurons: Int32Array.from(all, (s) => s.neuron) };
  });
}
