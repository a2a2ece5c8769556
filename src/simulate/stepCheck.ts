// --check-step: the same run once more at half the step, and what that moves: spikes, their number, traces.
import { refusalText } from "./refusal.ts";
import { assignedBy, assignedThrough, drawsIn, type SimulationPlan } from "../4-plan/plan.ts";
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { growing } from "./gatheredTrace.ts";
import { heapGuard } from "./heapGuard.ts";
import { instantiate } from "./load.ts";
import { endingReason } from "./endingReason.ts";
import { movedSpikes, type MovedSpikes } from "./movedSpikes.ts";
import { runSimulation } from "./run.ts";

/** What half the step changes. Times are ms, values in the unit named. */
export interface StepCheck {
  /** Half the step. */
  readonly step_ms: number;
  /** Why nothing could be compared; null where it was. */
  readonly problem: string | null;
  /** Populations that draw anew in each step, or are connected with such: at half the step that is another realisation, and they are not compared. */
  readonly random: readonly string[];
  readonly populations: readonly MovedPopulation[];
}

export interface MovedPopulation {
  readonly name: string;
  readonly size: number;
  /** Null where its spikes are not recorded. */
  readonly spikes: MovedSpikes | null;
  readonly traces: readonly MovedTrace[];
}

/** Over all neurons whose variable is recorded. */
export interface MovedTrace {
  readonly variable: string;
  readonly unit: string;
  /** Mean absolute difference between samples of the same time. */
  readonly mean: number;
  readonly largest: number;
  /** Where that is. */
  readonly neuron: number;
  readonly time_ms: number;
  /** Between the lowest and the highest sample. */
  readonly range: number;
}

/** Everything that a run records, kept. */
export interface KeptRun {
  /** Takes what is new in the logs. */
  take(): void;
  /** Of each population. */
  readonly spikes: readonly { readonly times: Float64Array; readonly neurons: Float64Array }[];
  /** Of each trace of the simulation. */
  readonly samples: readonly Float64Array[];
}

export function keptRun({ populations, spikes, traces }: Simulation): KeptRun {
  const kept = populations.map(() => ({ times: growing(), neurons: growing() }));
  const samples = traces.map(() => growing());
  let told = 0;
  return {
    take() {
      for (; told < spikes.first + spikes.length; told++) {
        const k = told - spikes.first;
        const own = kept[spikes.population(k)];
        own?.times.push(spikes.time(k));
        own?.neurons.push(spikes.neuron(k));
      }
      traces.forEach((log, k) => {
        const own = samples[k];
        if (own === undefined || log.first + log.length === own.length) return;
        const values = log.values();
        for (let s = own.length; s < log.first + log.length; s++) own.push(values[s - log.first] ?? NaN);
      });
    },
    get spikes() {
      return kept.map(({ times, neurons }) => ({ times: times.values(), neurons: neurons.values() }));
    },
    get samples() {
      return samples.map((values) => values.values());
    },
  };
}

/** Bytes that both runs keep of traces. */
export function keptBytes({ records, steps }: SimulationPlan): number {
  return (
    16 *
    records.reduce(
      (sum, r) => sum + r.variables.length * (r.last - r.first + 1) * (Math.floor((steps ?? 0) / r.every) + 1),
      0,
    )
  );
}

export interface CheckWishes {
  readonly seed: number;
  readonly memoryLimit: number;
  readonly stopped: () => boolean;
  /** The share of the second run that is done. */
  readonly progress: (share: number) => void;
}

/** Runs the plan at half its step with the same seed and holds `kept`, which is the run at the step, against it. */
export async function checkStep(
  plan: SimulationPlan,
  simulation: Simulation,
  kept: KeptRun,
  wishes: CheckWishes,
): Promise<StepCheck> {
  const step = plan.step / 2;
  const random = reachedByNoise(plan);
  const compared = plan.populations.filter((p) => !random.has(p.name)).map((p) => p.name);
  const answer = (problem: string | null, populations: readonly MovedPopulation[] = []): StepCheck => ({
    step_ms: step,
    problem,
    random: plan.populations.map((p) => p.name).filter((name) => random.has(name)),
    populations,
  });
  if (compared.length === 0) return answer(null);
  try {
    const half = instantiate(plan, { seed: wishes.seed, step, memoryLimit: wishes.memoryLimit });
    const other = keptRun(half);
    const steps = 2 * (plan.steps ?? 0);
    const { ending } = await runSimulation(half, steps, {
      stopped: wishes.stopped,
      exhausted: heapGuard(),
      progress: (n) => wishes.progress(n / steps),
      take: () => other.take(),
    });
    if (ending.kind !== "complete") return answer(endingReason(ending));
    return answer(
      null,
      compared.flatMap((name) => movedPopulation(plan, [simulation, half], name, [kept, other]) ?? []),
    );
  } catch (error) {
    const problem = refusalText(error);
    if (problem === null) throw error;
    return answer(problem);
  }
}

/** Populations that draw in every step, and all that are connected with them, in either direction. */
function reachedByNoise({ populations, projections }: SimulationPlan): ReadonlySet<string> {
  const reached = new Set(
    populations
      .filter(
        (p) =>
          p.noises.length > 0 ||
          p.spike?.mode === "rate" ||
          p.source?.kind === "poisson" ||
          drawsIn(assignedBy(p)).length > 0,
      )
      .map((p) => p.name),
  );
  for (const p of projections)
    if (drawsIn(assignedThrough(p)).length > 0) reached.add(p.source.population).add(p.target.population);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { source, target } of projections) {
      if (reached.has(source.population) || reached.has(target.population))
        reached.add(source.population).add(target.population);
    }
  }
  return reached;
}

/** At the step and at half of it. */
type Both<T> = readonly [whole: T, half: T];

function movedPopulation(
  plan: SimulationPlan,
  simulations: Both<Simulation>,
  name: string,
  kept: Both<KeptRun>,
): MovedPopulation | null {
  const { populations } = simulations[0];
  const p = populations.findIndex((k) => k.name === name);
  const [whole, half] = [kept[0].spikes[p], kept[1].spikes[p]];
  const spikes =
    whole !== undefined && half !== undefined && plan.spikesOf.includes(name) ? movedSpikes(whole, half) : null;
  const traces = movedTraces(simulations, name, [kept[0].samples, kept[1].samples]);
  return spikes === null && traces.length === 0 ? null : { name, size: populations[p]?.size ?? 0, spikes, traces };
}

function movedTraces(
  [{ traces, dt }, other]: Both<Simulation>,
  population: string,
  [whole, half]: Both<readonly Float64Array[]>,
): readonly MovedTrace[] {
  const sums = new Map<
    string,
    {
      unit: string;
      sum: number;
      count: number;
      largest: number;
      neuron: number;
      time: number;
      low: number;
      high: number;
    }
  >();
  traces.forEach((log, k) => {
    if (log.population !== population) return;
    const at = sums.get(log.variable) ?? {
      unit: log.unit,
      sum: 0,
      count: 0,
      largest: 0,
      neuron: log.neuron,
      time: 0,
      low: Infinity,
      high: -Infinity,
    };
    sums.set(log.variable, at);
    const [a, b] = [whole[k] ?? [], half[k] ?? []];
    // What is sampled in every step is so in every half step.
    const stride = (2 * log.every) / (other.traces[k]?.every ?? NaN);
    for (let s = 0; s < a.length; s++) {
      const [x, y] = [a[s] ?? NaN, b[s * stride] ?? NaN];
      const moved = Math.abs(x - y);
      if (!Number.isFinite(moved)) continue;
      at.sum += moved;
      at.count++;
      at.low = Math.min(at.low, x, y);
      at.high = Math.max(at.high, x, y);
      if (moved > at.largest) [at.largest, at.neuron, at.time] = [moved, log.neuron, timeOf(s * log.every, dt)];
    }
  });
  return [...sums].map(([variable, { unit, sum, count, largest, neuron, time, low, high }]) => ({
    variable,
    unit,
    mean: count === 0 ? 0 : sum / count,
    largest,
    neuron,
    time_ms: time,
    range: count === 0 ? 0 : high - low,
  }));
}
