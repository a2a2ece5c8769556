// A thousand runs of one neuron, one by one and together: their processor time, in turn in one process, and whether each spike is the same.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Compile from "../src/compile.ts";
import type * as Hosts from "../src/simulate/fileHost.ts";
import type * as Runner from "../src/simulate/runner.ts";
import type * as Texts from "../src/simulate/runnerText.ts";
import { asRatio, inSeconds, median, row } from "./table.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const COUNT = 1000;

/** What is installed, not the sources through a loader: as users run it. */
async function built<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(root, "dist", "src", path)).href)) as T;
}

export async function manyRuns(rounds: number): Promise<void> {
  const [{ check, planOf }, { openProject }, { runner }, { runnerText }] = await Promise.all([
    built<typeof Compile>("compile.js"),
    built<typeof Hosts>("simulate/fileHost.js"),
    built<typeof Runner>("simulate/runner.js"),
    built<typeof Texts>("simulate/runnerText.js"),
  ]);
  console.log();
  row("1,000 runs of 1 s, processor time", "one by one", "together", "ratio", "promise");
  for (const { file, experiment, name, from, to, title } of [
    { file: "glif5.glif", experiment: "Noisy", name: "G", from: 2, to: 6, title: "GLIF5 with noise at 0.1 ms" },
    { file: "glif5.glif", experiment: "Quiet", name: "G", from: 2, to: 6, title: "GLIF5 at 0.1 ms" },
  ]) {
    const project = openProject(join(here, "models", file), { cwd: root, models: join(root, "models") });
    if ("problem" in project) throw new Error(project.problem);
    const { program } = check(project.main, project.host);
    const plan = program === null ? null : planOf(program, experiment).plan;
    if (plan === null) throw new Error(`${file} does not compile`);
    const text = runnerText(plan, [{ kind: "parameter", population: plan.populations[0]?.name ?? "", name }]);
    const requests = Array.from({ length: COUNT }, (_, k) => ({ seed: k, values: [from + ((to - from) * k) / COUNT] }));
    const makers = [{ ...text, together: null }, text].map(runner);
    const times: [number[], number[]] = [[], []];
    const spikes = ["", ""];
    for (let round = 0; round < rounds; round++)
      makers.forEach((maker, k) => {
        const before = process.cpuUsage();
        const results = maker.run(requests, { steps: plan.steps ?? 0 });
        const { user, system } = process.cpuUsage(before);
        times[k as 0 | 1].push((user + system) / 1e6);
        spikes[k] = results
          .map(({ log }) => Array.from({ length: log?.spikes.length ?? 0 }, (_, s) => log?.spikes.time(s)).join())
          .join(";");
      });
    const [alone, together] = times;
    row(
      `  ${title}`,
      inSeconds(median(alone)),
      inSeconds(median(together)),
      asRatio(median(together.map((t, k) => t / (alone[k] ?? NaN)))),
      "<= 0.25",
    );
    if (spikes[0] !== spikes[1]) console.log("THE SPIKES DIFFER");
  }
}
