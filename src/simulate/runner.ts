// Many runs of one plan that differ in some of its values and in their seeds: points of a sweep, seeds of a comparison, candidates of a fit.
//
//     const make = runner(runnerText(plan, [{ kind: "parameter", population: "GLIF", name: "G" }]));   // compiled once; the text is plain data, for any thread
//     const results = make.run([{ seed: 1, values: [9.43] }, { seed: 2, values: [9.5] }], { steps: 10_000 });   // as often as wanted
//     results[1].log?.spikes.time(0)
//
// A lone neuron's runs are neurons of one population and go on together, in WebAssembly where there are some; networks, located spikes and adaptive methods run one by one. Either way
// the bits of a run are those that it has alone, whatever stands beside it, and one that fails costs the others nothing. Numbers are canonical (ms, mV, pF and what follows).
import { drawProblemText, DrawError, NonFiniteError, UsageError } from "../runtime/index.ts";
import type { RecordRequest, RunLog, Runs, Simulation } from "../runtime/index.ts";
import { evaluateModule, evaluateRuns, type ModuleText } from "./evaluateModule.ts";
import { present } from "../base/invariant.ts";
import { refusalText } from "./refusal.ts";

/** What a runner is made of: `runnerText` writes it. */
export interface RunnerText {
  readonly alone: ModuleText;
  /** The module whose neurons are runs; null where runs are taken one by one, `because` of that. */
  readonly together: ModuleText | null;
  readonly because: string;
  /** The population that is one neuron where runs are taken together. */
  readonly population: string;
  readonly free: readonly FreePlace[];
  /** What is drawn from distributions, by the keys of its streams: in words, and its unit. */
  readonly draws: readonly { readonly key: string; readonly words: string; readonly unit: string }[];
}

/** Where a free value is given: to one run a parameter of a population, or one of the set-up (null); to many a list of a parameter of their population. */
export interface FreePlace {
  readonly population: string | null;
  readonly name: string;
  readonly listed: string;
  /** Whether a run may leave it as planned: an initial value that is drawn has no number. */
  readonly planned: boolean;
}

export interface RunRequest {
  readonly seed: number;
  /** Of what is free, in its order; null where it is as planned. */
  readonly values: readonly (number | null)[];
  /** What is recorded; as planned unless given. */
  readonly records?: readonly RecordRequest[];
}

export interface RunnerOptions {
  readonly steps: number;
  /** ms; as planned unless given. */
  readonly step?: number;
  /** Neuron-steps between two pauses of `inSlices`. */
  readonly slice?: number;
  /** A run among others whose values leave the numbers is not taken again to say which and when. */
  readonly brief?: true;
}

/** What a run has left behind, or why it could not be taken to its end: a sentence about the model. */
export type RunResult =
  { readonly log: RunLog; readonly failure: null } | { readonly log: null; readonly failure: string };

export interface Runner {
  /** In the order of the requests, which may be any number: what their logs hold is what memory they take. @throws what is no fault of the model */
  run(requests: readonly RunRequest[], options: RunnerOptions): readonly RunResult[];
  /** The same with pauses, at any of which it can be left for good. */
  inSlices(requests: readonly RunRequest[], options: RunnerOptions): Generator<void, readonly RunResult[]>;
}

/** Neurons of one population: more would not be faster, their arrays would leave the cache. */
export const MOST_TOGETHER = 256;
/** Fewer are as quick one by one. */
const LEAST_TOGETHER = 4;

export function runner({ alone, together, population, free, draws }: RunnerText): Runner {
  const createAlone = once(() => evaluateModule(alone));
  const createTogether = once(() => (together === null ? null : evaluateRuns(together)));
  const stepOf = ({ step }: RunnerOptions): { readonly step?: number } => (step === undefined ? {} : { step });

  function* oneByOne({ seed, values, records }: RunRequest, options: RunnerOptions): Generator<void, RunResult> {
    try {
      const drawn = free.find(({ planned }, k) => !planned && (values[k] ?? null) === null);
      if (drawn !== undefined)
        throw new UsageError(`\`${drawn.population}.${drawn.name}\` is drawn as planned: each run gives it a number`);
      const setup: Record<string, number> = {};
      const parameters: Record<string, Record<string, number>> = {};
      values.forEach((value, k) => {
        const { population: of, name } = free[k] as FreePlace;
        if (value !== null) (of === null ? setup : (parameters[of] ??= {}))[name] = value;
      });
      const simulation = createAlone()({ seed, ...stepOf(options), setup, parameters }, (made) =>
        records === undefined ? made : { ...made, records },
      );
      const neurons = simulation.populations.reduce((sum, p) => sum + p.size, 0);
      yield* advancing(simulation, options, neurons);
      return { log: logOf(simulation), failure: null };
    } catch (error) {
      return { log: null, failure: failureOf(error, draws) };
    }
  }

  /** What cannot go on together goes on in halves: one that cannot even be begun stands in no other's way. */
  function* atOnce(requests: readonly RunRequest[], options: RunnerOptions): Generator<void, readonly RunResult[]> {
    const create = requests.length < LEAST_TOGETHER ? null : createTogether();
    const results: RunResult[] = [];
    if (create === null) {
      for (const request of requests) results.push(yield* oneByOne(request, options));
      return results;
    }
    const lists: Record<string, readonly (number | undefined)[]> = {};
    free.forEach(({ listed }, k) => (lists[listed] = requests.map((r) => r.values[k] ?? undefined)));
    let runs: Runs;
    try {
      runs = create(
        {
          seeds: requests.map((r) => r.seed),
          ...stepOf(options),
          parameters: { [population]: lists },
        },
        (made) => ({ ...made, recordsOf: (k) => requests[k]?.records ?? made.records }),
      );
      yield* advancing(runs, options, requests.length);
    } catch (error) {
      failureOf(error, draws);
      const middle = requests.length >> 1;
      for (const half of [requests.slice(0, middle), requests.slice(middle)])
        results.push(...(yield* atOnce(half, options)));
      return results;
    }
    for (const [k, log] of runs.runs.entries())
      results.push(
        !log.ended
          ? { log, failure: null }
          : options.brief === true
            ? { log: null, failure: "a value has left the numbers" }
            : yield* oneByOne(requests[k] as RunRequest, options),
      );
    return results;
  }

  function* inSlices(requests: readonly RunRequest[], options: RunnerOptions): Generator<void, readonly RunResult[]> {
    const results = new Map<RunRequest, RunResult>();
    const isFit = ({ values }: RunRequest): boolean =>
      free.every(({ planned }, k) => {
        const value = values[k] ?? null;
        return value === null ? planned : Number.isFinite(value);
      });
    for (const batch of cut(requests.filter(isFit), MOST_TOGETHER))
      for (const [k, result] of (yield* atOnce(batch, options)).entries()) results.set(batch[k] as RunRequest, result);
    for (const request of requests) if (!isFit(request)) results.set(request, yield* oneByOne(request, options));
    return requests.map((request) => present(results.get(request), "a result for each request"));
  }

  return {
    inSlices,
    run(requests, options) {
      const going = inSlices(requests, { ...options, slice: Infinity });
      for (;;) {
        const next = going.next();
        if (next.done === true) return next.value;
      }
    },
  };
}

/** In pieces of the same length, or one longer, of `most` at most. */
export function cut<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, k) =>
    items.slice(Math.floor((k * items.length) / count), Math.floor(((k + 1) * items.length) / count)),
  );
}

function* advancing(
  simulation: Pick<Simulation, "steps" | "advance">,
  { steps, slice = Infinity }: RunnerOptions,
  neurons: number,
): Generator<void, void> {
  const most = Math.max(1, Math.round(slice / Math.max(1, neurons)));
  while (simulation.steps < steps) {
    simulation.advance(Math.min(most, steps - simulation.steps));
    if (simulation.steps < steps) yield;
  }
}

/** Times that are rounded to the step are told when the model is compiled. */
function logOf({ dt, seed, steps, populations, spikes, traces, warnings, rounded }: Simulation): RunLog {
  return { dt, seed, steps, populations, spikes, traces, warnings: warnings.slice(rounded.length), ended: false };
}

/** A state that left the numbers, a population that does not fit into memory, a draw that never comes to lie between its bounds. @throws what is a fault of ours */
function failureOf(error: unknown, draws: RunnerText["draws"]): string {
  const drawn = error instanceof DrawError ? draws.find((d) => d.key === error.purpose) : undefined;
  if (error instanceof DrawError && drawn !== undefined)
    return `${drawn.words}: ${drawProblemText(error.problem, drawn.unit === "" ? "" : ` ${drawn.unit}`)}`;
  const reason = error instanceof NonFiniteError ? error.message : refusalText(error);
  if (reason === null) throw error;
  return reason;
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | null = null;
  return () => (made ??= { it: make() }).it;
}
