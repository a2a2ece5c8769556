// How often the intervals of a fit hold the truth: a GLIF with other numbers each time, its trace under noise, fitted as `glif fit` does it.
// npm run bench:intervals [-- --fits N]
import { fitModel } from "../src/fit/fitModel.ts";
import { fitRuns } from "../src/simulate/fitRuns.ts";
import { SOUGHT, synthetics } from "../test/fit/synthetic.ts";
import { row } from "./table.ts";

const at = process.argv.indexOf("--fits");
const fits = at < 0 ? 100 : Number(process.argv[at + 1]);
if (!(Number.isSafeInteger(fits) && fits >= 1)) {
  console.error("--fits takes a number from 1 on");
  process.exit(2);
}

const held = SOUGHT.map(() => 0);
const widths = SOUGHT.map(() => 0);
for (const { problem, truth } of synthetics(fits)) {
  const { numbers } = await fitModel(problem, fitRuns(problem));
  numbers.forEach(({ interval }, k) => {
    if (interval === null) return;
    const { lower, upper } = problem.free[k] as (typeof problem.free)[number];
    if (interval.lower <= (truth[k] as number) && (truth[k] as number) <= interval.upper) held[k] = (held[k] ?? 0) + 1;
    widths[k] = (widths[k] ?? 0) + (interval.upper - interval.lower) / (upper - lower) / fits;
  });
}
row("number", "truth held", "width, of bounds");
SOUGHT.forEach(({ name }, k) =>
  row(name, `${held[k] ?? 0} of ${fits}`, `${(100 * (widths[k] ?? 0)).toPrecision(2)} %`),
);
row("all", `${held.reduce((a, b) => a + b, 0)} of ${fits * SOUGHT.length}`);
