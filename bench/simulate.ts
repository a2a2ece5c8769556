// One workload of the bench in a process of its own: prints the median time of three simulations, creation not counted, and the mean rate.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sourceText } from "../src/base/source.ts";
import { compile } from "../src/compile.ts";
import { instantiate } from "../src/simulate/load.ts";

const [path = "", experiment = ""] = process.argv.slice(2);
const file = resolve(path);
const { plan, diagnostics } = compile(sourceText(file, readFileSync(file, "utf8")), { read: () => ({ problem: "no imports" }), resolve: () => ({ problem: "no imports" }) }, experiment);
if (plan?.steps == null) throw new Error(diagnostics.map((d) => d.message).join("\n"));

const neurons = plan.populations.reduce((n, p) => n + p.size, 0);
const times: number[] = [];
let spikes = 0;
for (let k = 0; k < 3; k++) {
  const simulation = instantiate(plan, { seed: 1 });
  const start = process.hrtime.bigint();
  simulation.advance(plan.steps);
  times.push(Number(process.hrtime.bigint() - start) / 1e9);
  spikes = simulation.spikes.length;
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ seconds: times[1], rate: spikes / neurons / (plan.steps * plan.step * 1e-3) }));
