// A running simulation: the integer clock, the populations' steppers, what is recorded, and stopping when a value is no longer finite.
import { timeOf } from "./clock.ts";
import { gridStepper, NotFinite, type Stepper } from "./gridStepper.ts";
import type { Observable, PopulationKernel } from "./kernel.ts";
import { preciseStepper } from "./preciseStepper.ts";
import { spikeLog, traceLog, type SpikeLog, type TraceLog } from "./recording.ts";

/** What to sample: an observable of neurons first..last, every so many steps. */
export interface RecordRequest {
  readonly population: string;
  readonly variable: string;
  readonly first: number;
  readonly last: number;
  /** Steps between samples; the first sample is the initial state. */
  readonly every: number;
}

export interface SimulationSetup {
  readonly name: string;
  /** ms */
  readonly dt: number;
  readonly seed: number;
  readonly populations: readonly PopulationKernel[];
  /** Names of the populations whose spikes are kept. */
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
}

export interface Simulation {
  readonly name: string;
  readonly dt: number;
  readonly seed: number;
  /** Steps taken so far; the time is timeOf(steps, dt). */
  readonly steps: number;
  /** In alphabetical order of their names, which is the order of simultaneous spikes. */
  readonly populations: readonly PopulationKernel[];
  readonly spikes: SpikeLog;
  readonly traces: readonly TraceLog[];
  /** What the modeller should hear of, each once a population. */
  readonly warnings: readonly string[];
  /**
   * Takes `count` steps. Any way of cutting a run into calls gives the same bits.
   * @throws NonFiniteError when a state stops being finite; what was recorded before stays.
   */
  advance(count: number): void;
  /** Takes round(duration/dt) steps (ms). */
  run(duration: number): void;
  population(name: string): PopulationKernel;
}

/** A state has become NaN or infinite. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  /** End of the step in which it happened (ms). */
  readonly time: number;
  readonly value: number;
  /** The value one step before. */
  readonly lastValue: number;

  constructor(at: { population: string; neuron: number; variable: string; unit: string; time: number; value: number; lastValue: number }) {
    super(`${at.population}[${at.neuron}].${at.variable} became ${at.value} at t = ${at.time} ms; it was ${at.lastValue} ${at.unit} one step before`);
    this.population = at.population;
    this.neuron = at.neuron;
    this.variable = at.variable;
    this.unit = at.unit;
    this.time = at.time;
    this.value = at.value;
    this.lastValue = at.lastValue;
  }
}

/** Steps between looks for values that are no longer finite. */
const LOOK_EVERY = 128;

export function simulate(setup: SimulationSetup): Simulation {
  const { dt } = setup;
  const populations = [...setup.populations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const spikes = spikeLog();
  const warnings: string[] = [];
  const told = new Set<string>();

  const steppers: Stepper[] = populations.map((kernel, p) => {
    const kept = setup.spikesOf.includes(kernel.name);
    const listener = {
      spike: (neuron: number, time: number): void => {
        if (kept) spikes.push(time, p, neuron);
      },
      stillTrue: (neuron: number, time: number): void => {
        if (told.has(kernel.name)) return;
        told.add(kernel.name);
        const values = kernel.states.map((s) => `${s.name} = ${s.values[neuron]} ${s.unit}`).join(", ");
        warnings.push(`the reset of ${kernel.name}[${neuron}] at t = ${time} ms left its spike condition true: ${values}`);
      },
    };
    return kernel.kind === "grid" ? gridStepper(kernel, dt, listener) : preciseStepper(kernel, dt, listener);
  });
  const unordered = populations.some((kernel) => kernel.kind === "precise");

  const traces = setup.records.flatMap((record) => {
    const kernel = find(populations, record.population);
    const observable = observableOf(kernel, record.variable);
    return Array.from({ length: record.last - record.first + 1 }, (_, k) => traceLog(kernel.name, record.first + k, observable, record.every));
  });
  let n = 0;
  const intervals = [...new Set(traces.map((trace) => trace.every))];
  const sample = (): void => {
    if (!intervals.some((every) => n % every === 0)) return;
    for (const kernel of populations) kernel.drive(n);
    for (const trace of traces) if (n % trace.every === 0) trace.sample();
  };
  sample();

  const step = (): void => {
    const before = spikes.length;
    for (const stepper of steppers) stepper.step(n);
    if (unordered) spikes.arrange(before);
    n++;
    sample();
  };

  const mark = { n: 0, spikes: 0, traces: traces.map(() => 0) };
  const save = (): void => {
    for (const stepper of steppers) stepper.save();
    mark.n = n;
    mark.spikes = spikes.length;
    traces.forEach((trace, k) => (mark.traces[k] = trace.length));
  };
  const restore = (): void => {
    for (const stepper of steppers) stepper.restore();
    n = mark.n;
    spikes.truncate(mark.spikes);
    traces.forEach((trace, k) => trace.truncate(mark.traces[k] ?? 0));
  };

  /** From the last save, one step at a time up to the first bad value; what was recorded before it stays. */
  const locate = (): never => {
    restore();
    for (;;) {
      const before = populations.map((p) => p.states.map((s) => s.values.slice()));
      const recorded = { spikes: spikes.length, traces: traces.map((t) => t.length) };
      let stopped = false;
      try {
        step();
      } catch (error) {
        if (!(error instanceof NotFinite)) throw error;
        stopped = true;
      }
      const bad = firstNonFinite(populations);
      if (bad === null && !stopped) continue;
      const time = timeOf(stopped ? n + 1 : n, dt);
      spikes.truncate(recorded.spikes);
      traces.forEach((t, k) => t.truncate(recorded.traces[k] ?? 0));
      const { p, s, i } = bad ?? { p: 0, s: 0, i: 0 };
      const kernel = populations[p] as PopulationKernel;
      const state = kernel.states[s];
      throw new NonFiniteError({
        population: kernel.name, neuron: i, variable: state?.name ?? "?", unit: state?.unit ?? "", time, value: state?.values[i] ?? NaN, lastValue: before[p]?.[s]?.[i] ?? NaN,
      });
    }
  };

  return {
    name: setup.name,
    dt,
    seed: setup.seed,
    get steps() {
      return n;
    },
    populations,
    spikes,
    traces,
    warnings,
    advance(count) {
      const end = n + count;
      while (n < end) {
        save();
        const until = Math.min(end, n + LOOK_EVERY);
        try {
          while (n < until) step();
        } catch (error) {
          if (error instanceof NotFinite) locate();
          throw error;
        }
        if (firstNonFinite(populations) !== null) locate();
      }
    },
    run(duration) {
      this.advance(Math.round(duration / dt));
    },
    population: (name) => find(populations, name),
  };
}

function find(populations: readonly PopulationKernel[], name: string): PopulationKernel {
  const kernel = populations.find((p) => p.name === name);
  if (kernel === undefined) throw new RangeError(`no population '${name}'; there are ${populations.map((p) => p.name).join(", ")}`);
  return kernel;
}

function observableOf(kernel: PopulationKernel, variable: string): Observable {
  const observable = kernel.observables.find((o) => o.name === variable);
  if (observable === undefined) throw new RangeError(`population '${kernel.name}' has nothing named '${variable}' to record; there are ${kernel.observables.map((o) => o.name).join(", ")}`);
  return observable;
}

function firstNonFinite(populations: readonly PopulationKernel[]): { readonly p: number; readonly s: number; readonly i: number } | null {
  for (let p = 0; p < populations.length; p++) {
    const states = (populations[p] as PopulationKernel).states;
    for (let s = 0; s < states.length; s++) {
      const i = indexOfNonFinite((states[s] as (typeof states)[number]).values);
      if (i >= 0) return { p, s, i };
    }
  }
  return null;
}

function indexOfNonFinite(values: Float64Array): number {
  // x·0 is 0 for finite x and NaN for all others, and a sum keeps a NaN.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * 0;
  return sum === 0 ? -1 : values.findIndex((x) => !Number.isFinite(x));
}
