// A whole run: simulated slice by slice, written down as it goes, counted and drawn at the end. Memory does not grow with its length.
import type { Figure } from "../figure/figure.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { figureGathering } from "./figureOf.ts";
import { heapGuard } from "./heapGuard.ts";
import type { RunRecord } from "./manifest.ts";
import type { OutFolder } from "./outFolder.ts";
import { mendingStep, type Mending } from "./mendingStep.ts";
import { openResults, type WrittenResults } from "./results.ts";
import { runSimulation, type FinishedRun } from "./run.ts";
import type { HdfLibrary } from "./hdf.ts";
import { checkStep, keptRun, type StepCheck } from "./stepCheck.ts";
import { watchSteps } from "./stepWatch.ts";
import { spikeStatistics } from "./spikeStatistics.ts";

export interface RunWishes {
  /** As in the manifest. */
  readonly about: Pick<RunRecord, "sources" | "settings" | "versions">;
  /** Makes the text of figure.svg; null for no file. */
  readonly draw: ((figure: Figure) => string | Promise<string>) | null;
  /** Whether the figure is wanted at all. */
  readonly figure: boolean;
  readonly sonata: HdfLibrary | null;
  readonly stopped: () => boolean;
  readonly progress: (steps: number) => void;
  /** To run everything once more at half the step; null for not. */
  readonly check: { readonly memoryLimit: number; readonly progress: (share: number) => void } | null;
  /** The plan with the Rosenbrock method, for a run that goes wrong; null where its equations cannot have it. */
  readonly stiffly: () => SimulationPlan | null;
  /** Is told when the simulation is over and the rest is written. */
  readonly simulated?: () => void;
}

export interface FirstSpike {
  readonly t_ms: number;
  readonly population: string;
  readonly neuron: number;
}

export interface RecordedRun {
  readonly record: RunRecord;
  readonly written: WrittenResults;
  readonly firstSpikes: readonly FirstSpike[];
  readonly figure: Figure | null;
  /** Where a value left the numbers: whether it would have with a shorter step or another method. */
  readonly mending: Mending;
}

/** Runs a new simulation to the end of its plan, into the folder. */
export async function recordRun(
  plan: SimulationPlan,
  simulation: Simulation,
  folder: OutFolder,
  wishes: RunWishes,
): Promise<RecordedRun> {
  const statistics = spikeStatistics(simulation, plan.spikesOf);
  const watch = watchSteps(plan, simulation, plan.steps ?? 0);
  const record = (run: RunRecord["run"], stepCheck: StepCheck | null): RunRecord => ({
    plan,
    simulation,
    run,
    statistics: statistics.populations(),
    tooLong: watch.findings(),
    stepCheck,
    ...wishes.about,
  });
  const kept = wishes.check === null ? null : keptRun(simulation);
  const gathering = wishes.figure ? figureGathering(plan, simulation) : null;
  const results = openResults(folder, record(null, null));
  const firstSpikes: FirstSpike[] = [];
  const run = await runSimulation(simulation, plan.steps ?? 0, {
    stopped: wishes.stopped,
    progress: wishes.progress,
    exhausted: heapGuard(),
    watch,
    take() {
      // Counted before they are written: what the manifest says of a run that stops here is true of the files, or more.
      statistics.take();
      gathering?.take();
      takeFirst(simulation, firstSpikes);
      kept?.take();
      results.take();
    },
  });
  const check = async ({ ending }: FinishedRun): Promise<StepCheck | null> => {
    if (wishes.check === null || kept === null || ending.kind !== "complete") return null;
    return checkStep(plan, simulation, kept, { ...wishes.check, seed: simulation.seed, stopped: wishes.stopped });
  };
  const stepCheck = await check(run);
  const mending: Mending =
    run.ending.kind === "not-finite"
      ? mendingStep(plan, simulation, run.ending.error, {
          stiffly: wishes.stiffly,
          memoryLimit: wishes.check?.memoryLimit,
          stopped: wishes.stopped,
        })
      : { tried: false, stiff: false };
  simulation.dismissThreads();
  wishes.simulated?.();
  const figure = gathering?.figure() ?? null;
  const text = figure === null || wishes.draw === null ? null : await wishes.draw(figure);
  const ended = record(run, stepCheck);
  const written = await results.finish(ended, { figure: text, sonata: wishes.sonata, stopped: wishes.stopped });
  return { record: ended, written, firstSpikes, figure, mending };
}

/** For those who only want to see whether anything happened. */
const FIRST_SPIKES = 10;

function takeFirst({ spikes, populations }: Simulation, first: FirstSpike[]): void {
  for (let k = first.length - spikes.first; k < spikes.length && first.length < FIRST_SPIKES; k++) {
    first.push({
      t_ms: spikes.time(k),
      population: populations[spikes.population(k)]?.name ?? "",
      neuron: spikes.neuron(k),
    });
  }
}
