// A recording as the runs are held against it.
import { listed } from "../base/lists.ts";
import { append } from "../base/lists.ts";
import { sourceText, type Span } from "../base/source.ts";
import type { RecordedTrace, Recording } from "../recording/recording.ts";
import { readRecordings, type ReadRecording } from "../recording/parse.ts";
import { spikesIn, sweepOf, traceOf, upwardCrossings } from "../recording/recording.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { noSuchColumn, whichSweep } from "../diagnostics/recording.ts";
import { measureOfName, type Subject } from "../measures/catalogue.ts";
import { canonicalUnit, parseUnit } from "../quantities/unit.ts";
import { equal, VOLTAGE } from "../quantities/dimension.ts";
import type { CheckedReference } from "../3-check/checked.ts";
import type { PreparedComparison } from "./prepare.ts";
import { outsideRecording } from "./windowsOutside.ts";
import type { PopulationData, RunData } from "./runData.ts";

export interface RecordingRuns {
  /** Repeats of the same experiment, one after the other; one where the file does not count them. */
  readonly runs: readonly RunData[];
  /** "12 spikes and 1 trace (V), 2 s" */
  readonly content: string;
  readonly notes: readonly string[];
}

/** Where a recorded membrane potential is taken to spike unless it is said, mV: the foot of no spike, and below the top of most. */
const SPIKE_LEVEL = 0;

/** The recording that the comparison is held against, or what is wrong with it: with its files, or with the columns that measures of these kinds are taken of. Null where it has none. */
export function recordingOf(
  prepared: PreparedComparison,
  kinds: readonly Subject[] = ["pair of traces"],
): { readonly recording: RecordingRuns | null; readonly diagnostics: readonly Diagnostic[] } | null {
  const { reference } = prepared.comparison;
  if (reference?.kind !== "recording") return null;
  return runsOf(readReference(reference), reference.sweep, prepared, reference, kinds);
}

type RecordingReference = Extract<CheckedReference, { kind: "recording" }>;

/** Read once, however many of its sweeps are taken. */
const readBefore = new WeakMap<RecordingReference["files"], ReadRecording>();

function readReference({ files }: RecordingReference): ReadRecording {
  const read = readBefore.get(files) ?? readRecordings(files.map(({ path, text }) => sourceText(path, text)));
  readBefore.set(files, read);
  return read;
}

function runsOf(
  whole: ReadRecording,
  sweep: number | null,
  prepared: PreparedComparison,
  reference: RecordingReference,
  kinds: readonly Subject[],
): { readonly recording: RecordingRuns | null; readonly diagnostics: readonly Diagnostic[] } {
  const { comparison, cases } = prepared;
  const chosen = chosenSweep(whole, sweep, reference.origin);
  const { recording, diagnostics } = renamed(chosen, reference.columns, reference.origin);
  const longest = cases.reduce((most, c) => Math.max(most, c.program.steps * c.program.step), 0);
  if (recording === null) return { recording: null, diagnostics };
  // A sweep without a spike is a silent one where others spike.
  const spikes =
    whole.recording !== null &&
    spikesIn(whole.recording, reference.level ?? SPIKE_LEVEL).some((s) => s.times.length > 0);
  const runs = recordingRuns(recording, reference.level, longest, spikes);
  const wrong = [
    ...missingColumns(recording, prepared, kinds),
    ...outsideRecording(comparison.windows, recording.traces.length === 0 ? null : runs.runs),
  ];
  return { recording: wrong.length > 0 ? null : runs, diagnostics: [...diagnostics, ...wrong] };
}

/** Columns under the names of the variables that they were recorded of. */
function renamed(
  { recording, diagnostics }: ReadRecording,
  columns: ReadonlyMap<string, string>,
  at: Span,
): ReadRecording {
  if (recording === null || columns.size === 0) return { recording, diagnostics };
  const missing = [...columns.values()].filter((column) => !recording.traces.some((t) => t.name === column));
  if (missing.length > 0)
    return {
      recording: null,
      diagnostics: [
        ...diagnostics,
        ...missing.map((name) =>
          noSuchColumn(at, { path: recording.path, name, has: recording.traces.map((t) => t.header) }),
        ),
      ],
    };
  const variableOf = new Map([...columns].map(([variable, column]) => [column, variable]));
  const traces = recording.traces.map((t) => ({ ...t, name: variableOf.get(t.name) ?? t.name }));
  return { recording: { ...recording, traces }, diagnostics };
}

/** The sweep that is named, of a recording that counts several; what is wrong with the name is told where it stands. */
function chosenSweep({ recording, diagnostics }: ReadRecording, sweep: number | null, at: Span): ReadRecording {
  if (recording === null || (sweep === null && recording.sweeps.length < 2)) return { recording, diagnostics };
  const chosen = sweep === null ? null : sweepOf(recording, sweep);
  if (chosen !== null) return { recording: chosen, diagnostics };
  return {
    recording: null,
    diagnostics: [...diagnostics, whichSweep(at, { path: recording.path, sweep, has: recording.sweeps })],
  };
}

/** `level`: where its voltages spike (mV), null unless given. `longest`: duration (ms) of the longest experiment. Spike times do not tell when the recording ended: it is taken to be as long, and to begin at 0. `isKnown`: a voltage without a spike is that of a silent neuron. */
export function recordingRuns(
  recording: Recording,
  level: number | null,
  longest: number,
  isKnown = false,
): RecordingRuns {
  const { traces, until, listed: isList } = recording;
  const notes: string[] = [];
  const [from, end] = traces.length === 0 ? [0, Math.max(until, longest)] : [recording.from, until];
  const everything = spikesIn(recording, level ?? SPIKE_LEVEL);
  const found = everything.map((s) => ({ ...s, times: s.times.filter((t) => t >= Math.min(from, 0)) }));
  const early = everything.reduce((sum, s, k) => sum + s.times.length - (found[k]?.times.length ?? 0), 0);
  if (early > 0)
    notes.push(
      `${early === 1 ? "one spike of the recording lies" : `${early} spikes of the recording lie`} before 0 ms, where the runs begin, and ${early === 1 ? "is" : "are"} not used`,
    );
  const voltages = [...new Set(traces.filter((t) => equal(t.unit.dimension, VOLTAGE)).map((t) => t.name))];
  const unknown =
    isList || isKnown || found.some((s) => s.times.length > 0) ? null : unknownBecause(voltages, level ?? SPIKE_LEVEL);
  if (!isList && unknown === null)
    notes.push(
      `the recording has no list of spikes: they are where ${listed(voltages)} ${voltages.length === 1 ? "rises" : "rise"} through ${level ?? SPIKE_LEVEL} mV`,
    );
  if (unknown !== null)
    notes.push(`${unknown}; what is measured away from spikes leaves out those of the models alone`);
  const all = found.length > 0 ? found : [{ population: null, neuron: null, repeat: null, times: new Float64Array() }];
  const repeats = [...new Set(all.map((s) => s.repeat))].sort((a, b) => (a ?? 0) - (b ?? 0));
  append(notes, gapsIn(repeats));
  const shared = repeats.length > 1;
  const runs = repeats.map((repeat): RunData => ({
    from,
    until: end,
    populations: populationsOf(isList && found.length === 0 ? [] : all.filter((s) => s.repeat === repeat)),
    traces: traces.map((trace) => ({
      population: trace.population ?? "",
      neuron: trace.neuron ?? 0,
      variable: trace.name,
      unit: canonicalUnit(trace.unit.dimension).text,
      t: trace.t,
      y: trace.y,
      ...(shared ? ownSpikes(trace, level ?? SPIKE_LEVEL) : {}),
    })),
    recorded: {
      unknown,
      onlyActive: isList && (found.length === 0 || all.some((s) => s.neuron !== null)),
      level: level ?? SPIKE_LEVEL,
    },
  }));
  const count = all.reduce((sum, s) => sum + s.times.length, 0);
  const names = [...new Set(traces.map((t) => t.name))];
  const parts = [
    ...(count > 0 || traces.length === 0
      ? [`${count} ${count === 1 ? "spike" : "spikes"}${repeats.length > 1 ? ` in ${repeats.length} repeats` : ""}`]
      : []),
    ...(traces.length > 0
      ? [`${traces.length} ${traces.length === 1 ? "trace" : "traces"} (${names.join(", ")})`]
      : []),
  ];
  return {
    runs,
    content: `${listed(parts)}, ${from > 0 ? `from ${timeText(from)} to ${timeText(end)}` : timeText(end)}`,
    notes,
  };
}

/** Of a voltage that crosses the level: the list may be of another repeat. */
function ownSpikes(trace: RecordedTrace, level: number): { readonly spikes?: Float64Array } {
  const spikes = equal(trace.unit.dimension, VOLTAGE) ? upwardCrossings(trace, level) : new Float64Array();
  return spikes.length > 0 ? { spikes } : {};
}

/** What measures are taken of and the recording lacks, or has of another kind: each told once. */
function missingColumns(
  recording: Recording,
  { cases, comparison }: PreparedComparison,
  kinds: readonly Subject[],
): readonly Diagnostic[] {
  const missing = new Map<string, Diagnostic>();
  for (const { program, plan, lone } of cases) {
    for (const { measure, name, variable, impossible } of program.tasks) {
      const request = program.measured.find(
        (m) => m.population === variable?.population && m.variable === variable.name,
      );
      const unit = request === undefined ? null : parseUnit(request.unit);
      const at = comparison.measures[measure]?.origin;
      if (
        at === undefined ||
        !kinds.some((kind) => kind === measureOfName(name)?.of) ||
        variable === null ||
        impossible !== null ||
        unit === null ||
        !("unit" in unit)
      )
        continue;
      const owner = lone || plan.populations.length === 1 ? {} : { population: variable.population };
      const found = traceOf(
        recording,
        {
          name: variable.name,
          dimension: unit.unit.dimension,
          ...owner,
          ...(lone || variable.neuron === null ? {} : { neuron: variable.neuron }),
        },
        at,
      );
      if ("code" in found) missing.set(`${measure} ${found.message}`, found);
    }
  }
  return [...missing.values()];
}

/** An integrate-and-fire model's voltage is reset below 0 mV, so that its trace alone does not show its spikes. */
function unknownBecause(voltages: readonly string[], level: number): string {
  if (voltages.length === 0) return "the recording has no spikes, and no voltage to find them in";
  return `the spikes of the recording are not known: ${listed(voltages)} never ${voltages.length === 1 ? "rises" : "rise"} through ${level} mV, and there is no list of spikes`;
}

/** A list of spikes has only repeats with spikes: one that is left out was silent, or was not recorded. */
function gapsIn(repeats: readonly (number | null)[]): readonly string[] {
  const numbers = repeats.filter((r) => r !== null);
  const [first = 0, last = -1] = [numbers[0], numbers.at(-1)];
  const missing = Math.max(0, last - first + 1 - numbers.length);
  if (missing === 0) return [];
  return [
    `${missing} of the repeats ${first} to ${last} ${missing === 1 ? "has" : "have"} no spikes in the recording: ${missing === 1 ? "it counts" : "they count"} as not recorded, not as silent`,
  ];
}

function timeText(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toPrecision(4))} s` : `${Number(ms.toPrecision(4))} ms`;
}

function populationsOf(
  spikes: readonly {
    readonly population: string | null;
    readonly neuron: number | null;
    readonly times: Float64Array;
  }[],
): PopulationData[] {
  return [...new Set(spikes.map((s) => s.population ?? ""))].map((name): PopulationData => {
    const own = spikes.filter((s) => (s.population ?? "") === name);
    const all = own
      .flatMap((s) => Array.from(s.times, (time) => ({ time, neuron: s.neuron ?? 0 })))
      .sort((a, b) => a.time - b.time || a.neuron - b.neuron);
    const size = own.reduce((most, s) => Math.max(most, (s.neuron ?? 0) + 1), 1);
    return {
      name,
      size,
      isSource: false,
      times: Float64Array.from(all, (s) => s.time),
      neurons: Int32Array.from(all, (s) => s.neuron),
    };
  });
}
