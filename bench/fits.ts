// A fit beside a differential evolution over the same model as a population of Brian2, with as many candidates: whole processes, and how well either explains what it was trained on.
// npm run bench:fits [-- --evaluations N] [--rounds N]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FitReport } from "../src/fit/fitReport.ts";
import { GLIF, imports, PYTHON, run } from "./systems.ts";
import { asRatio, inSeconds, median, row } from "./table.ts";

const here = dirname(fileURLToPath(import.meta.url));
const optionOf = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`${name} takes a number from 1 on`);
  process.exit(2);
};
const evaluations = optionOf("--evaluations", 5000);
const rounds = optionOf("--rounds", 1);

/** What is free, with its bounds, in the units of both. */
const FREE = [
  { name: "C", low: 20, high: 400, unit: "pF", logarithmic: true },
  { name: "G", low: 1, high: 30, unit: "nS", logarithmic: true },
  { name: "E_L", low: -85, high: -60, unit: "mV", logarithmic: false },
  { name: "Θ_inf", low: -60, high: -35, unit: "mV", logarithmic: false },
  { name: "δI[1]", low: -60, high: 0, unit: "pA", logarithmic: false },
  { name: "δI[2]", low: -300, high: 0, unit: "pA", logarithmic: false },
  { name: "δΘ_s", low: 0, high: 10, unit: "mV", logarithmic: false },
  { name: "b_s", low: 0.005, high: 0.2, unit: "/ms", logarithmic: true },
];
/** ms, of the explained variance. */
const SIGMA = 10;

const scratch = mkdtempSync(join(tmpdir(), "glif-bench-fits-"));
try {
  const model = join(here, "models", "fit.glif");
  run(process.execPath, [GLIF, "run", model, "Made", "--quiet", "--out", join(scratch, "made")], scratch);
  const data = ["traces.csv", "spikes.csv"].map((file) => join(scratch, "made", file));
  const own: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const out = join(scratch, `fit ${round}`);
    const { whole } = run(
      process.execPath,
      [
        ...[GLIF, "fit", model, "GLIF", "--under", "Recorded", "--quiet", "--out", out],
        ...data.flatMap((file) => ["--to", file]),
        ...FREE.flatMap((f) => [
          "--free",
          `${f.name} in ${f.low} ${f.unit} .. ${f.high} ${f.unit}${f.logarithmic ? " logarithmic" : ""}`,
        ]),
        ...["--measure", `explained_variance(sigma: ${SIGMA} ms)`, "--evaluations", String(evaluations)],
      ],
      scratch,
    );
    own.push(whole);
    const [fitted] = (JSON.parse(readFileSync(join(out, "fit.json"), "utf8")) as FitReport).models;
    const candidates = fitted?.evaluations ?? 0;
    row(`glif, ${candidates} candidates`, inSeconds(whole), `loss ${(fitted?.train.loss ?? NaN).toPrecision(3)}`);
    if (!imports("brian2")) {
      console.log("Brian2 is not installed: left out");
      continue;
    }
    writeFileSync(
      join(scratch, "task.json"),
      JSON.stringify({ free: FREE, spikes: data[1], candidates, seconds: 4, sigma: SIGMA }),
    );
    const brian = run(PYTHON, [join(here, "brian2", "fit.py"), join(scratch, "task.json")], scratch);
    const { loss, candidates: taken } = JSON.parse(brian.stdout.trim().split("\n").at(-1) ?? "") as {
      readonly loss: number;
      readonly candidates: number;
    };
    others.push(brian.whole);
    row(`Brian2, ${taken} candidates`, inSeconds(brian.whole), `loss ${loss.toPrecision(3)}`);
  }
  if (others.length > 0) row("ratio, at most 0.2", asRatio(median(own) / median(others)));
} finally {
  rmSync(scratch, { recursive: true });
}
