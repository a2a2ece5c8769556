// One workload of the bench in a process of its own: prints the simulation's time (the median of three where it is short, creation not counted), the mean rate and the
// largest resident memory.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sourceText } from "../src/base/source.ts";
import { compile } from "../src/compile.ts";
import { instantiate } from "../src/simulate/load.ts";

/** A second simulation is worth while below so many seconds: what the engine needs to warm up counts there. */
const SHORT = 2;

const [path = "", experiment = ""] = process.argv.slice(2);
const file = resolve(path);
const { plan, diagnostics } = compile(
  sourceText(file, readFileSync(file, "utf8")),
  { read: () => ({ problem: "no imports" }), resolve: () => ({ problem: "no imports" }) },
  experiment,
);
if (plan?.steps == null) {
  console.error(diagnostics.map((d) => d.message).join("; ") || "there is nothing to run");
  process.exit(1);
}

const neurons = plan.populations.reduce((n, p) => n + p.size, 0);
const times: number[] = [];
let spikes = 0;
do {
  const simulation = instantiate(plan, { seed: 1 });
  const start = process.hrtime.bigint();
  simulation.advance(plan.steps);
  times.push(Number(process.hrtime.bigint() - start) / 1e9);
  spikes = simulation.spikes.length;
} while (times.length < 3 && (times[0] ?? 0) < SHORT);
const seconds = times.sort((a, b) => a - b)[times.length >> 1];
// The process's resource usage would start with what its parent had; this does not.
const megabytes = existsSync("/proc/self/status")
  ? Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024
  : process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, rate: spikes / neurons / (plan.steps * plan.step * 1e-3), megabytes }));
