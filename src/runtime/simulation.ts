// A running simulation: the integer clock, the populations' steppers, what is recorded, and stopping when a value is no longer finite.
import { isMultiple, LOOK_EVERY, plainTime, stepsIn, timeOf } from "./clock.ts";
import { DrawError } from "./drawError.ts";
import { EndlessError, EndlessStep, TooManySubsteps } from "./endless.ts";
import { gridStepper, NotFinite, type GridStepper, type Listener, type Stepper } from "./gridStepper.ts";
import type { GridKernel, PopulationKernel } from "./kernel.ts";
import { coupleForGood, historiesOf, network, type Network } from "./network.ts";
import { preciseNetwork } from "./preciseNetwork.ts";
import { preciseStepper } from "./preciseStepper.ts";
import { sourceOf, type GridProjection, type Projection } from "./projection.ts";
import { roundings, type ModelTime } from "./rounding.ts";
import { spikeLog, traceLog, type RecordRequest, type SpikeLog, type TraceLog } from "./recording.ts";
import type { SpikeHistory } from "./spikeHistory.ts";
import type { Recruit } from "./crew.ts";
import type { Account } from "./threads.ts";
import { atTime } from "./eventDraws.ts";
import { StoppedError, UsageError } from "./usageError.ts";
import { indexOfNonFinite, observableOf, stillTrueText, withUnit } from "./looks.ts";

export interface SimulationSetup {
  readonly name: string;
  /** ms */
  readonly dt: number;
  readonly seed: number;
  readonly populations: readonly PopulationKernel[];
  /** In the order in which spikes that arrive together take effect. */
  readonly projections: readonly Projection[];
  /** Names of the populations whose spikes are kept. */
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
}

/** A model at a time: it advances by whole steps and keeps what it records. Times are in ms; values of variables in mV, pF and what follows from them. */
export interface Simulation {
  readonly name: string;
  readonly dt: number;
  readonly seed: number;
  /** Steps taken so far; the time is timeOf(steps, dt). */
  readonly steps: number;
  /** In alphabetical order of their names, which is the order of simultaneous spikes. */
  readonly populations: readonly PopulationKernel[];
  readonly projections: readonly Projection[];
  readonly spikes: SpikeLog;
  readonly traces: readonly TraceLog[];
  /** What the modeller should hear of: what is rounded to the step, then what happens, each once a population. */
  readonly warnings: readonly string[];
  /** The warnings that come first: of times rounded to the step. Compiling with this step and these values tells them, too. */
  readonly rounded: readonly string[];
  /**
   * Takes `count` steps, or fewer where `enough`, which is asked after each, says so. Any way of cutting a run into calls gives the same bits.
   * @throws NonFiniteError when a state stops being finite, EndlessError where a step would not end; what was recorded before stays.
   */
  advance(count: number, enough?: Enough): void;
  /**
   * Takes the steps of that time (ms).
   * @throws UsageError where it is no whole number of steps: rounded, a run in pieces would not be the run in one.
   */
  run(duration: number): void;
  population(name: string): PopulationKernel;
  /** Threads that took the last steps: 1 unless more were asked for, its plan can be divided, and the others are there. */
  readonly threads: number;
  /** Why one thread takes the steps where more were asked for; null where more do, one was asked for, or the others have been let go. */
  readonly alone: string | null;
  /** Ends all threads but this one: what follows runs in it alone. */
  dismissThreads(): void;
}

/** Says whether it is enough. `anywhere`: it looks at nothing of the simulation, so that it may be asked at any steps; without it, all steps are taken in one thread. */
export type Enough = (() => boolean) & { readonly anywhere?: true };

/** A state has become NaN or infinite. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  /** The population, or the connection: `exc`. */
  readonly population: string;
  /** The neuron, or the connection's number. */
  readonly neuron: number;
  /** `E[3]`, or `exc E[3]->I[5]`. */
  readonly place: string;
  readonly variable: string;
  readonly unit: string;
  /** End of the step in which it happened (ms). */
  readonly time: number;
  readonly value: number;
  /** The value one step before. */
  readonly lastValue: number;
  /** All states of the neuron, or changing values of the connection, one step before. */
  readonly before: ReadonlyMap<string, number>;

  constructor(at: {
    population: string;
    neuron: number;
    place: string;
    variable: string;
    unit: string;
    time: number;
    value: number;
    lastValue: number;
    before: ReadonlyMap<string, number>;
  }) {
    super(
      `${at.place}.${at.variable} became ${at.value} at t = ${at.time} ms; it was ${withUnit(at.lastValue, at.unit)} one step before`,
    );
    this.population = at.population;
    this.neuron = at.neuron;
    this.place = at.place;
    this.variable = at.variable;
    this.unit = at.unit;
    this.time = at.time;
    this.value = at.value;
    this.lastValue = at.lastValue;
    this.before = at.before;
  }
}

/** `recruit`: brings other threads that take their share of the steps; `alone`: why none can. */
export function simulate(
  setup: SimulationSetup,
  recruit: Recruit | null = null,
  alone: string | null = null,
): Simulation {
  const { dt } = setup;
  const populations = inOrderOfNames(setup.populations);
  for (const kernel of populations)
    Object.defineProperty(kernel, "parameters", { value: unwritable(kernel), enumerable: true });
  const spikes = spikeLog();
  const rounded = [
    ...populations.flatMap((p) => roundings([...(p.times ?? []), ...givenTimes(p)], p.size, dt)),
    ...new Set(setup.projections.flatMap((p) => roundings(p.times ?? [], 1, dt))),
  ];
  const warnings: string[] = [...rounded];
  const told = new Set<string>();

  const listeners = populations.map((kernel, p): Listener => {
    const kept = setup.spikesOf.includes(kernel.name);
    return {
      keepsSpikes: kept,
      spike: (neuron: number, time: number): void => {
        if (kept) spikes.push(time, p, neuron);
      },
      stillTrue: (neuron: number, time: number): void => {
        if (!told.has(kernel.name)) tellOnce(p, stillTrueText(kernel, neuron, neuron, time));
      },
    };
  });
  const tellOnce = (p: number, warning: string): void => {
    const { name } = populations[p] as PopulationKernel;
    if (!told.has(name)) warnings.push(warning);
    told.add(name);
  };
  const motion = inMotion(populations, setup.projections, listeners, dt);
  const { steppers, connected } = motion;
  const watched = watchedValues(populations, setup.projections);
  const unordered = populations.some((kernel) => kernel.kind === "precise");

  const traces = setup.records.flatMap((record) => {
    const kernel = find(populations, record.population);
    const observable = observableOf(kernel, record.variable);
    return Array.from({ length: record.last - record.first + 1 }, (_, k) =>
      traceLog(kernel.name, record.first + k, observable, record.every),
    );
  });
  // Inputs that connections fill, and what is computed from them, are looked at as they are at t_n and not as the step before had them.
  const gathered = traces.filter(
    (trace) =>
      trace.kind !== "state" &&
      setup.projections.some(
        (p) => p.kind === "grid" && p.fills.some((f) => !f.constant && f.population === trace.population),
      ),
  );
  let n = 0;
  const intervals = [...new Set(traces.map((trace) => trace.every))];
  const isDue = (): boolean => {
    for (const every of intervals) if (n % every === 0) return true;
    return false;
  };
  const sample = (): void => {
    if (!isDue()) return;
    for (const kernel of populations) kernel.drive(n);
    if (gathered.some((trace) => n % trace.every === 0)) connected.gather(n);
    for (const trace of traces) if (n % trace.every === 0) trace.sample();
  };
  sample();
  // Spikes that are given for the very beginning.
  populations.forEach((kernel, p) => {
    const { source } = kernel;
    const count = source?.fire(-1) ?? 0;
    if (source === undefined || count === 0) return;
    const sent = { neurons: source.spikes, count };
    connected.send(p, 0, sent);
    connected.reply(p, 0, sent);
    if (setup.spikesOf.includes(kernel.name))
      for (let k = 0; k < count; k++) spikes.push(0, p, source.spikes[k] as number);
  });

  const listened = steppers.flatMap((stepper, p) => (connected.listens(p) ? [{ stepper, p }] : []));
  const connects = setup.projections.length > 0;
  /** What events of a step have not drawn: arrivals are at its beginning, all else at its end. */
  const drawnAt = (error: unknown, kernel: PopulationKernel | undefined): unknown => {
    if (!(error instanceof DrawError)) return error;
    const [drawing = ""] = error.purpose.split("/");
    const projection = setup.projections.find(({ name }) => name === drawing);
    const arrives = error.purpose.startsWith(`${drawing}/on pre/`);
    return atTime(error, timeOf(arrives ? n : n + 1, dt), projection?.target ?? kernel?.name ?? drawing);
  };
  const step = (): void => {
    const before = spikes.length;
    // Connections read inputs, too: all are what they are from t_n on before anything happens.
    for (let p = 0; p < populations.length; p++) (populations[p] as PopulationKernel).drive(n);
    let p = -1;
    try {
      if (connects) connected.before(n);
      for (p = 0; p < steppers.length; p++) (steppers[p] as Stepper).step(n);
      if (connects)
        for (const { stepper, p } of listened) {
          connected.send(p, n + 1, stepper.sent);
          connected.reply(p, n + 1, stepper.sent);
        }
    } catch (error) {
      const kernel = populations[p];
      const cause = named(drawnAt(error, kernel), kernel);
      // Of a step that does not end, nothing is kept.
      if (cause instanceof EndlessError || cause instanceof StoppedError) spikes.truncate(before);
      throw cause;
    }
    if (unordered) spikes.arrange(before);
    n++;
    if (intervals.length > 0) sample();
  };

  const mark = { n: 0, spikes: 0, traces: traces.map(() => 0) };
  const remember = (): void => {
    mark.n = n;
    mark.spikes = spikes.length;
    traces.forEach((trace, k) => (mark.traces[k] = trace.length));
  };
  const save = (): void => {
    for (const stepper of steppers) stepper.save();
    connected.save();
    remember();
  };
  const forget = (): void => {
    n = mark.n;
    spikes.truncate(mark.spikes);
    traces.forEach((trace, k) => trace.truncate(mark.traces[k] ?? 0));
  };

  const restore = (): void => {
    for (const stepper of steppers) stepper.restore();
    connected.restore();
    forget();
  };

  const others = motion.grid === null ? null : (recruit?.({ ...setup, ...motion.grid }, motion.grid.freeFrom) ?? null);
  let threads = 1;
  /** Why the other threads are gone with the state of their neurons: no step can be taken any more. */
  let lost: Error | null = null;
  /** Takes steps with the other threads, up to `end` or to where it is enough; false where they are not there, or something is wrong that this thread alone has to find again. */
  const advanceTogether = (end: number, enough: Enough | undefined): boolean => {
    if (others === null || motion.grid === null || (enough !== undefined && enough.anywhere !== true)) return false;
    const account: Account = {
      save(at) {
        n = at;
        remember();
      },
      spike: (time, p, neuron) => spikes.push(time, p, neuron),
      sample: (k, value) => traces[k]?.push(value),
      stillTrue: tellOnce,
      enough: enough ?? (() => false),
    };
    remember();
    let reached: ReturnType<typeof others.lead>;
    try {
      reached = others.lead(n, end, account);
    } catch (error) {
      forget();
      lost = error as Error;
      throw error;
    }
    if (reached === null) return false;
    n = reached.n;
    if (reached.apart) forget();
    for (const stepper of motion.grid.steppers) stepper.resume(n);
    return !reached.apart;
  };

  /** From the last save, one step at a time up to the first bad value; what was recorded before it stays. */
  const locate = (): never => {
    restore();
    for (;;) {
      const before = watched.map((w) => w.values.slice());
      const recorded = { spikes: spikes.length, traces: traces.map((t) => t.length) };
      let stopped = false;
      try {
        step();
      } catch (error) {
        if (!(error instanceof NotFinite)) throw error;
        stopped = true;
      }
      const bad = firstNonFinite(watched);
      if (bad === null && !stopped) continue;
      const time = timeOf(stopped ? n + 1 : n, dt);
      spikes.truncate(recorded.spikes);
      traces.forEach((t, k) => t.truncate(recorded.traces[k] ?? 0));
      const { w, i } = bad ?? { w: 0, i: 0 };
      const { population, name, unit, values, place } = watched[w] as Watched;
      const own = new Map(
        watched.flatMap((other, k): [string, number][] =>
          other.population === population ? [[other.name, before[k]?.[i] ?? NaN]] : [],
        ),
      );
      throw new NonFiniteError({
        population,
        neuron: i,
        place: place(i),
        variable: name,
        unit,
        time,
        value: values[i] ?? NaN,
        lastValue: before[w]?.[i] ?? NaN,
        before: own,
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
    projections: setup.projections,
    spikes,
    traces,
    warnings,
    rounded,
    advance(count, enough) {
      if (!(Number.isSafeInteger(count) && count >= 0))
        throw new UsageError(`a simulation advances by a whole number of steps, 0 or more, not by ${String(count)}`);
      if (lost !== null) throw lost;
      const end = n + count;
      let over = n < end && advanceTogether(end, enough);
      if (n < end || over) threads = over ? (others?.threads ?? 1) : 1;
      while (n < end && !over) {
        save();
        const until = Math.min(end, n + LOOK_EVERY);
        try {
          while (n < until && !over) {
            step();
            over = enough?.() === true;
          }
        } catch (error) {
          if (error instanceof NotFinite) locate();
          throw error;
        }
        if (firstNonFinite(watched) !== null) locate();
      }
    },
    run(duration) {
      if (!(duration >= 0 && duration < Infinity))
        throw new UsageError(`a simulation runs for a time in ms, 0 or longer, not for ${String(duration)}`);
      if (!isMultiple(duration, dt))
        throw new UsageError(
          `a simulation runs for a multiple of its step, ${plainTime(dt)} ms, not for ${plainTime(duration)} ms; \`advance(n)\` takes n steps`,
        );
      this.advance(stepsIn(duration, dt));
    },
    population: (name) => find(populations, name),
    get threads() {
      return threads;
    },
    get alone() {
      return others?.because ?? alone;
    },
    dismissThreads: () => others?.dismiss(),
  };
}

/** The order of simultaneous spikes. */
export function inOrderOfNames<P extends PopulationKernel>(populations: readonly P[]): readonly P[] {
  return [...populations].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Spikes that are given are sent at the nearest step. */
function givenTimes({ name, source }: PopulationKernel): ModelTime[] {
  return source?.given === undefined
    ? []
    : [{ what: `the time of a spike of \`${name}\``, times: source.given, rounded: true, lasts: false }];
}

/** Steppers and what goes on between them: all populations and projections step on the grid, or none does. */
function inMotion(
  populations: readonly PopulationKernel[],
  projections: readonly Projection[],
  listeners: readonly Listener[],
  dt: number,
): Motion {
  const listenerOf = (p: number): Listener => listeners[p] as Listener;
  const freeFrom = populations.map(({ size }) => new Float64Array(size));
  const onGrid = populations.flatMap((kernel, p) =>
    kernel.kind === "grid" ? [gridStepper(kernel, dt, listenerOf(p), freeFrom[p])] : [],
  );
  const located = populations.flatMap((kernel, p) =>
    kernel.kind === "precise" ? [preciseStepper(kernel, dt, listenerOf(p))] : [],
  );
  if (onGrid.length > 0 && located.length > 0)
    throw new UsageError(
      "populations step on the grid, or locate their spikes inside the step: not both in one simulation",
    );
  if (located.length > 0)
    return {
      steppers: located,
      grid: null,
      connected: preciseNetwork(
        populations,
        projections.filter((p) => p.kind === "precise"),
        located,
        dt,
      ),
    };
  const gridProjections = projections.filter((p) => p.kind === "grid");
  const histories = historiesOf(populations, gridProjections);
  coupleForGood(populations, gridProjections);
  return {
    steppers: onGrid,
    connected: network(populations, gridProjections, onGrid, histories),
    grid: {
      populations: populations.filter((p) => p.kind === "grid"),
      projections: gridProjections,
      histories,
      steppers: onGrid,
      freeFrom,
    },
  };
}

interface Motion {
  readonly steppers: readonly Stepper[];
  readonly connected: Network;
  /** What other threads share of it; null where spikes are located inside the step. */
  readonly grid: {
    readonly populations: readonly GridKernel[];
    readonly projections: readonly GridProjection[];
    readonly histories: readonly (SpikeHistory | null)[];
    readonly steppers: readonly GridStepper[];
    readonly freeFrom: readonly Float64Array[];
  } | null;
}

/** A step that does not end, with the names of what does not let it. */
function named(error: unknown, kernel: PopulationKernel | undefined): unknown {
  if (kernel === undefined) return error;
  if (error instanceof TooManySubsteps) {
    const neuron = kernel.kind === "grid" ? (kernel.underWay?.() ?? 0) : 0;
    return named(new EndlessStep({ kind: "substeps", neuron, time: error.time, index: error.state }), kernel);
  }
  if (!(error instanceof EndlessStep)) return error;
  const { about } = error;
  const conditions =
    kernel.kind === "precise" ? [...(kernel.spike === undefined ? [] : [kernel.spike]), ...kernel.events] : [];
  const what = about.kind === "substeps" ? kernel.states[about.index]?.name : conditions[about.index]?.text;
  return new EndlessError(kernel.name, about, what ?? "");
}

/** The values in use. To write them would change nothing: propagators are made of them when a simulation is created. */
function unwritable({ name, parameters }: PopulationKernel): PopulationKernel["parameters"] {
  const refuse = (): never => {
    throw new UsageError(
      `parameters of '${name}' are given when a simulation is created, \`{ parameters: { ${name}: { … } } }\`: written later they would change nothing`,
    );
  };
  return new Proxy(parameters, { set: refuse, deleteProperty: refuse, defineProperty: refuse });
}

function find(populations: readonly PopulationKernel[], name: string): PopulationKernel {
  const kernel = populations.find((p) => p.name === name);
  if (kernel === undefined)
    throw new UsageError(`no population '${name}'; there are ${populations.map((p) => p.name).join(", ")}`);
  return kernel;
}

/** Values that must stay finite. */
interface Watched {
  readonly population: string;
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array | Float32Array;
  place(i: number): string;
}

function watchedValues(populations: readonly PopulationKernel[], projections: readonly Projection[]): Watched[] {
  const neurons = populations.flatMap((p) =>
    p.states.map((s): Watched => ({
      population: p.name,
      name: s.name,
      unit: s.unit,
      values: s.values,
      place: (i) => `${p.name}[${i}]`,
    })),
  );
  const connections = projections.flatMap((p) =>
    p.values
      .filter((v) => v.changes)
      .map((v): Watched => ({
        population: p.connection,
        name: v.name,
        unit: v.unit,
        values: v.values,
        place: (c) =>
          `${p.connection} ${p.source}[${sourceOf(p.connections, c)}]->${p.target}[${p.connections.target[c] ?? -1}]`,
      })),
  );
  return [...neurons, ...connections];
}

function firstNonFinite(watched: readonly Watched[]): { readonly w: number; readonly i: number } | null {
  for (let w = 0; w < watched.length; w++) {
    const i = indexOfNonFinite((watched[w] as Watched).values);
    if (i >= 0) return { w, i };
  }
  return null;
}
