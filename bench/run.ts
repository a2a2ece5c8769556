// The measured promises: glif beside Brian2 and NEURON, in turn on one machine, and the way from a cold start to spikes. Ratios are what counts.
// npm run bench [-- NAME… [--rounds N]]: names of workloads, `cold` for the whole processes of glif, `startup` for their processor time, `first` for the first results, `growth` for texts that double, `located` for spikes inside the step, `runs` for a thousand runs of one neuron, `threads` for networks in two threads; without names all of them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brianCython, brianStandalone, glif, GLIF, neuron, run, type Outcome, type System } from "./systems.ts";
import { growth } from "./growth.ts";
import { manyRuns } from "./runs.ts";
import { inThreads } from "./threads.ts";
import { asRatio, inHertz, inMegabytes, inSeconds, median, row } from "./table.ts";
import { WORKLOADS, type Workload } from "./workloads.ts";

const here = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const option = words.indexOf("--rounds");
const rounds = option < 0 ? 3 : Number(words[option + 1]);
const names = option < 0 ? words : [...words.slice(0, option), ...words.slice(option + 2)];
const known = ["cold", "startup", "first", "growth", "located", "runs", "threads", ...WORKLOADS.map((w) => w.name)];
const wrong = names.find((name) => !known.includes(name));
if (wrong !== undefined || !(rounds >= 1)) {
  console.error(
    wrong === undefined
      ? "--rounds takes a number from 1 on"
      : `no workload \`${wrong}\`; there are ${known.join(", ")}`,
  );
  process.exit(2);
}
const wanted = (name: string): boolean => names.length === 0 || names.includes(name);

const scratch = mkdtempSync(join(tmpdir(), "glif-bench-"));
const standalone = brianStandalone(scratch);
const others = [standalone, brianCython(scratch), neuron(scratch)];
const present = others.filter((system) => system.present());
for (const { name } of others.filter((system) => !present.includes(system)))
  console.log(`${name} is not installed: left out`);

const told = new Set<string>();

try {
  if (wanted("cold")) coldStarts();
  if (wanted("startup")) processorTimes();
  if (wanted("growth")) growth();
  if (wanted("located")) locatedSpikes();
  if (wanted("runs")) await manyRuns(rounds);
  if (wanted("threads")) await inThreads(rounds);
  if (wanted("first")) firstResults(WORKLOADS[0] as Workload);
  for (const workload of WORKLOADS.filter((w) => wanted(w.name))) sideBySide(workload);
} finally {
  rmSync(scratch, { recursive: true });
}

/** Whole processes of glif. */
function coldStarts(): void {
  const hundred = join(scratch, "hundred.glif");
  const model = readFileSync(join(here, "models", "traub_miles.glif"), "utf8");
  writeFileSync(hundred, `${model}\n${"// one line more\n".repeat(Math.max(0, 100 - model.split("\n").length))}`);
  const commands: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "glif run: 1 s of one GLIF neuron at 0.1 ms",
      "1.0 s",
      ["run", join(here, "..", "models", "glif.glif"), "CurrentStep", "--seed", "1", "--out", join(scratch, "cold")],
    ],
    ["glif check: a file of 100 lines", "0.5 s", ["check", hundred]],
    ["glif --help", "0.15 s", ["--help"]],
  ];
  console.log();
  row("whole process", "median", "least", "promise");
  for (const [title, promise, command] of commands) {
    const times = Array.from(
      { length: Math.max(5, rounds) },
      () => run(process.execPath, [GLIF, ...command], scratch).whole,
    );
    row(title, inSeconds(median(times)), inSeconds(Math.min(...times)), `<= ${promise}`);
  }
}

/** Processor time of whole processes, of all their threads, which other load on the machine changes least. */
function processorTimes(): void {
  const lif = join(here, "..", "models", "lif.glif");
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ["node by itself", []],
    ["glif --help", [GLIF, "--help"]],
    ["glif check models/lif.glif", [GLIF, "check", lif]],
    [
      "glif run of one neuron",
      [GLIF, "run", lif, "Step", "--seed", "1", "--no-figure", "-q", "--out", join(scratch, "startup")],
    ],
  ];
  const told = `data:text/javascript,process.on("exit",()=>console.error(process.cpuUsage().user+process.cpuUsage().system))`;
  console.log();
  row("processor time", "median", "least");
  for (const [title, command] of commands) {
    const words = command.length === 0 ? ["-e", "0"] : command;
    const times = Array.from({ length: Math.max(5, rounds) }, () => {
      const { stderr } = spawnSync(process.execPath, ["--import", told, ...words], { encoding: "utf8" });
      return Number(stderr.trim().split("\n").at(-1)) / 1e6;
    });
    row(title, inSeconds(median(times)), inSeconds(Math.min(...times)));
  }
}

/** What it costs to locate spikes, and to let them arrive at any time, beside a grid a twentieth as wide. */
function locatedSpikes(): void {
  const workload: Workload = {
    name: "located",
    title: "100 cells, all to all, 134,000 arrivals, 0.2 s",
    file: "located.glif",
    experiments: [],
    promise: NaN,
    neuron: false,
  };
  const variants: readonly Workload[] = ["Located", "LocatedApart", "Narrow"].map((name) => ({
    ...workload,
    experiments: [{ name, method: "exact" }],
  }));
  const titles = [
    "spikes precise at 0.1 ms, one delay",
    "spikes precise at 0.1 ms, all delays differ",
    "grid of 0.005 ms, one delay",
  ];
  console.log();
  row(workload.title, "simulation", "x grid", "mean rate");
  const outcomes = inTurn(
    variants.map((variant) => () => attempt(workload.title, () => glif(0, scratch).again(variant))),
  );
  const grid = median(outcomes.at(-1)?.map((o) => o.seconds) ?? []);
  outcomes.forEach((mine, k) => {
    const seconds = median(mine.map((o) => o.seconds));
    row(`  ${titles[k] ?? ""}`, inSeconds(seconds), asRatio(seconds / grid), inHertz(mine.at(-1)?.rate ?? NaN));
  });
}

/** From a model to its results: nothing compiled before; then everything that a system keeps, in turn. */
function firstResults(workload: Workload): void {
  const systems = [glif(0, scratch), ...present.filter((system) => system.has(workload))];
  console.log();
  row(`first result, ${workload.title.split(":")[0] ?? ""}, 1 s simulated`, "from nothing", "warm", "peak memory");
  const cold = systems.map((system) => attempt(system.name, () => system.first(workload)));
  const warm = inTurn(systems.map((system) => () => attempt(system.name, () => system.first(workload))));
  systems.forEach(({ name }, k) => {
    if (cold[k] != null)
      row(
        `  ${name}`,
        inSeconds(cold[k].whole),
        inSeconds(median(warm[k]?.map((o) => o.whole) ?? [])),
        inMegabytes(cold[k].megabytes),
      );
  });
  row("  promise for glif", "<= 1.5 s");
}

/** Simulation time of every system, in turn. */
function sideBySide(workload: Workload): void {
  const variants = workload.experiments.map((experiment, k) => ({
    name: `glif, ${experiment.method}`,
    system: glif(k, scratch),
  }));
  const all: readonly { readonly name: string; readonly system: System }[] = [
    ...variants,
    ...present.filter((system) => system.has(workload)).map((system) => ({ name: system.name, system })),
  ];
  console.log();
  row(workload.title, "simulation", "x Brian2 C++", "mean rate", "peak memory", "promise");
  const outcomes = inTurn(
    all.map(
      ({ name, system }) =>
        () =>
          attempt(name, () => system.again(workload)),
    ),
  );
  const theirs = median(outcomes[all.findIndex(({ system }) => system === standalone)]?.map((o) => o.seconds) ?? []);
  all.forEach(({ name, system }, k) => {
    const mine = outcomes[k] ?? [];
    const last = mine.at(-1);
    if (last === undefined) return;
    const seconds = median(mine.map((o) => o.seconds));
    row(
      `  ${name}`,
      inSeconds(seconds),
      asRatio(seconds / theirs),
      inHertz(last.rate),
      inMegabytes(last.megabytes),
      system === variants[0]?.system ? `<= ${workload.promise}` : "",
    );
  });
}

/** A B C A B C …: what else goes on on the machine meets all of them alike. */
function inTurn(simulations: readonly (() => Outcome | null)[]): readonly (readonly Outcome[])[] {
  const outcomes = simulations.map((): Outcome[] => []);
  for (let round = 0; round < rounds; round++) {
    simulations.forEach((simulate, k) => {
      const outcome = simulate();
      if (outcome !== null) outcomes[k]?.push(outcome);
    });
  }
  return outcomes;
}

/** Null, and said once, where a system cannot do it. */
function attempt(name: string, simulate: () => Outcome): Outcome | null {
  try {
    return simulate();
  } catch (error) {
    const message = `  ${name}: ${error instanceof Error ? error.message : String(error)}`;
    if (!told.has(message)) console.log(message);
    told.add(message);
    return null;
  }
}
