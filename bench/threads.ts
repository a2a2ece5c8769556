// One network in one thread and in two: wall time of the same steps, in turn in one process, and whether each spike and state is the same. From the first step on, so that the start of
// threads counts, and once they are at work.
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Compile from "../src/compile.ts";
import type { Simulation } from "../src/runtime/simulation.ts";
import type * as Hosts from "../src/simulate/fileHost.ts";
import type * as Load from "../src/simulate/load.ts";
import type * as Start from "../src/simulate/workers/startThread.ts";
import { asRatio, inSeconds, median, row } from "./table.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const NETWORKS: readonly {
  readonly title: string;
  readonly file: string;
  readonly experiment: string;
  readonly promise: string;
}[] = [
  {
    title: "GLIF, 10,000, noise, Euler, delay 1.5 ms",
    file: "bench/models/glif_network.glif",
    experiment: "GlifNetworkEuler",
    promise: ">= 1.7",
  },
  {
    title: "GLIF, 10,000, noise, exact, delay 1.5 ms",
    file: "bench/models/glif_network.glif",
    experiment: "GlifNetwork",
    promise: ">= 1.7",
  },
  {
    title: "Brunel, 25,000, delay 1.5 ms",
    file: "models/brunel2000.glif",
    experiment: "AsynchronousIrregular",
    promise: ">= 1.7",
  },
  {
    title: "Microcircuit at a tenth, least delay 0.1 ms",
    file: "models/microcircuit.glif",
    experiment: "Tenth",
    promise: "",
  },
  {
    title: "GLIF, 100,000, unconnected",
    file: "bench/models/glif_population.glif",
    experiment: "GlifPopulation",
    promise: ">= 1.7",
  },
  { title: "COBAHH, 4,000, no delay", file: "bench/models/cobahh.glif", experiment: "CobahhExponential", promise: "" },
  { title: "COBA, 4,000, no delay, Euler", file: "bench/models/coba.glif", experiment: "CobaEuler", promise: "" },
  { title: "CUBA, 4,000, no delay", file: "bench/models/cuba.glif", experiment: "CubaExact", promise: "" },
];

/** Steps before the clock starts that is to show threads at work. */
const WARM = 500;

/** What is installed, not the sources through a loader: as users run it. */
async function built<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(root, "dist", "src", path)).href)) as T;
}

export async function inThreads(rounds: number): Promise<void> {
  const [{ check, planOf }, { openProject }, { instantiate }, { startThread }] = await Promise.all([
    built<typeof Compile>("compile.js"),
    built<typeof Hosts>("simulate/fileHost.js"),
    built<typeof Load>("simulate/load.js"),
    built<typeof Start>("simulate/workers/startThread.js"),
  ]);
  console.log();
  row(
    "a simulated second in 1 and in 2 threads",
    "1 thread",
    "2 threads",
    "faster",
    "when at work",
    "promise",
    "processor",
  );
  for (const { title, file, experiment, promise } of NETWORKS) {
    const project = openProject(join(root, file), { cwd: root, models: join(root, "models") });
    if ("problem" in project) throw new Error(project.problem);
    const { program } = check(project.main, project.host);
    const plan = program === null ? null : planOf(program, experiment).plan;
    if (plan === null) throw new Error(`${file} does not compile`);
    const steps = Math.round(1000 / plan.step);
    const first: [number[], number[]] = [[], []],
      whole: [number[], number[]] = [[], []],
      busy: [number[], number[]] = [[], []];
    const outcomes = new Set<string>();
    let alone: string | null = null;
    for (let round = 0; round < rounds; round++)
      for (const k of [0, 1] as const) {
        const threads = k === 0 ? {} : { threads: { count: 2, start: () => startThread() } };
        const simulation = instantiate(plan, { seed: 1, ...threads });
        const before = process.cpuUsage(),
          start = performance.now();
        simulation.advance(WARM);
        const warm = performance.now();
        simulation.advance(steps - WARM);
        const end = performance.now();
        const { user, system } = process.cpuUsage(before);
        first[k].push((warm - start) / 1000);
        whole[k].push((end - start) / 1000);
        busy[k].push((user + system) / 1e6);
        outcomes.add(outcomeOf(simulation));
        alone = simulation.alone;
        simulation.dismissThreads();
      }
    const work = ([0, 1] as const).map((k) => median(whole[k].map((t, round) => t - (first[k][round] ?? NaN))));
    row(
      `  ${title}`,
      inSeconds(median(whole[0])),
      inSeconds(median(whole[1])),
      asRatio(median(whole[0]) / median(whole[1])),
      asRatio((work[0] ?? NaN) / (work[1] ?? NaN)),
      promise,
      `x ${asRatio(median(busy[1]) / median(busy[0]))}`,
    );
    if (alone !== null) {
      const all = instantiate(plan, { seed: 1, threads: { count: 2, start: () => startThread(), anyway: true } });
      all.advance(WARM);
      const start = performance.now();
      all.advance(steps - WARM);
      const taken = performance.now() - start;
      all.dismissThreads();
      outcomes.add(outcomeOf(all));
      const perStep = (ms: number): string => `${((1000 * ms) / (steps - WARM)).toFixed(1)} µs a step`;
      console.log(`    one thread: ${alone}`);
      console.log(`    in two all the same: ${perStep(taken)}, in one ${perStep(1000 * (work[0] ?? NaN))}`);
    }
    if (outcomes.size > 1) console.log("THE OUTCOMES DIFFER");
  }
}

function outcomeOf({ spikes, populations }: Simulation): string {
  const hash = createHash("sha256");
  for (let k = 0; k < spikes.length; k++) hash.update(`${spikes.time(k)} ${spikes.population(k)} ${spikes.neuron(k)};`);
  for (const { states } of populations)
    for (const { values } of states) hash.update(new Uint8Array(values.slice().buffer));
  return hash.digest("hex");
}
