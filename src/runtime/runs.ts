// Many runs of one neuron at once: each neuron of the population is a run, with a seed, parameters, spikes, traces and warnings of its own, and the bits that it would have alone.
// A run that cannot go on ends by itself: what stopped it is found by whoever runs it alone.
import { LOOK_EVERY } from "./clock.ts";
import { gridStepper } from "./gridStepper.ts";
import type { GridKernel } from "./kernel.ts";
import { spikeLog, traceLog, type SpikeLog, type TraceLog } from "./recording.ts";
import { indexOfNonFinite, observableOf, stillTrueText } from "./looks.ts";
import { roundings } from "./rounding.ts";
import type { RecordRequest } from "./recording.ts";
import type { Simulation, SimulationSetup } from "./simulation.ts";
import { UsageError } from "./usageError.ts";

export interface RunsSetup extends Pick<SimulationSetup, "name" | "dt" | "spikesOf" | "records"> {
  /** One a run. */
  readonly seeds: ArrayLike<number>;
  /** The population whose neurons are the runs. */
  readonly populations: readonly GridKernel[];
  /** What is recorded of each run, in the place of `records`. */
  readonly recordsOf?: (run: number) => readonly RecordRequest[];
}

/** What one run leaves behind: as of a simulation of its own, whose only neuron is number 0. */
export interface RunLog extends Pick<Simulation, "dt" | "seed" | "steps" | "spikes" | "traces" | "warnings"> {
  readonly populations: readonly { readonly name: string; readonly size: number }[];
  /** It cannot go on: a value has left the numbers, or a rate is none. What it has recorded is of no use. */
  readonly ended: boolean;
}

/** Runs that go on together. */
export interface Runs {
  readonly steps: number;
  readonly backend: "webassembly" | "javascript";
  readonly runs: readonly RunLog[];
  /** Takes `count` steps of all runs. */
  advance(count: number): void;
}

/** Values by population and parameter, one a run; undefined where a run has the value that is planned. */
type Lists = Readonly<Record<string, Readonly<Record<string, readonly (number | undefined)[]>>>>;

/** What many runs are created with. @throws UsageError for what is no finite number */
export function settingsOfRuns({ parameters = {} }: { readonly parameters?: Lists }): {
  readonly parameters: Lists;
  readonly setup: object;
} {
  for (const lists of Object.values(parameters))
    for (const [name, list] of Object.entries(lists))
      if (!list.every((value) => value === undefined || Number.isFinite(value)))
        throw new UsageError(`\`${name}\` is a finite number in each run`);
  return { parameters, setup: {} };
}

export function simulateRuns(setup: RunsSetup): Runs {
  const { dt, seeds, spikesOf, records, recordsOf = () => records } = setup;
  const [kernel] = setup.populations;
  if (kernel === undefined || setup.populations.length > 1)
    throw new UsageError("runs are taken together of one population");
  // What is rounded is told when the model is compiled; a period that is negative is none for any.
  roundings(kernel.times ?? [], kernel.size, dt);
  const keepsSpikes = spikesOf.includes(kernel.name);
  const { size, states } = kernel;
  let n = 0;

  const spikes = Array.from({ length: size }, spikeLog);
  const warnings = Array.from({ length: size }, (): string[] => []);
  const traces = Array.from({ length: size }, (_, run) =>
    recordsOf(run).map(({ variable, every }) => {
      const observable = observableOf(kernel, variable);
      return traceLog(kernel.name, 0, { ...observable, read: () => observable.read(run) }, every);
    }),
  );
  const all = traces.flat();
  const sampled = [...new Set(all.map((trace) => trace.every))].map((every) => ({
    every,
    traces: all.filter((trace) => trace.every === every),
  }));
  const sample = (): void => {
    let driven = false;
    for (const { every, traces: due } of sampled) {
      if (n % every !== 0) continue;
      if (!driven) kernel.drive(n);
      driven = true;
      for (const trace of due) trace.sample();
    }
  };

  const initial = states.map(({ values }) => values.slice());
  const ended = new Uint8Array(size);
  let left = size;
  const end = (run: number): void => {
    if (ended[run] === 1) return;
    ended[run] = 1;
    left--;
  };
  const stepper = gridStepper(kernel, dt, {
    keepsSpikes,
    spike: (run, time) => {
      if (keepsSpikes) (spikes[run] as SpikeLog).push(time, 0, 0);
    },
    stillTrue: (run, time) => {
      const own = warnings[run] as string[];
      if (own.length === 0) own.push(stillTrueText(kernel, run, 0, time));
    },
    ends: end,
  });
  /** Runs whose values have left the numbers end; they start anew, so that they stay as quick as others. */
  const look = (): void => {
    for (const { values } of states) {
      if (indexOfNonFinite(values) < 0) continue;
      for (let run = 0; run < size; run++) if (!Number.isFinite(values[run])) end(run);
    }
    if (left === size) return;
    for (let run = 0; run < size; run++)
      if (ended[run] === 1)
        states.forEach(({ values }, k) => (values[run] = (initial[k] as Float64Array)[run] as number));
  };
  sample();

  return {
    get steps() {
      return n;
    },
    backend: kernel.backend ?? "javascript",
    runs: Array.from({ length: size }, (_, run) => ({
      dt,
      seed: seeds[run] as number,
      populations: [{ name: kernel.name, size: 1 }],
      spikes: spikes[run] as SpikeLog,
      traces: traces[run] as readonly TraceLog[],
      warnings: warnings[run] as readonly string[],
      get steps() {
        return n;
      },
      get ended() {
        return ended[run] === 1;
      },
    })),
    advance(count) {
      const until = n + count;
      while (n < until && left > 0) {
        const next = Math.min(until, n + LOOK_EVERY);
        while (n < next) {
          kernel.drive(n);
          stepper.step(n);
          n++;
          sample();
        }
        look();
      }
      n = until;
    },
  };
}
