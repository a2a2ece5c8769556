// The page beside a script: what it is, how it is run, what is not as in glif.
import { timeOf } from "../../runtime/clock.ts";
import { inAscii } from "../names.ts";
import type { ExportModel } from "../exported.ts";
import type { Teller } from "../target.ts";

/** What files are called after an experiment. */
export function fileStem(name: string): string {
  return inAscii(name);
}

export function pageText(
  { experiment, plan, about, made }: ExportModel,
  tell: Teller,
  stem: string,
  hasArrays: boolean,
): string {
  const near = [...new Set(tell.near.map((n) => n.what))];
  return `# ${experiment.name} of ${experiment.subject}, for Brian2

Exported by glif ${about.version} from ${about.file}${made === null ? "" : " with `--exact`"}.

    python3 ${stem}.py

runs it and writes \`spikes.csv\`${plan.records.length === 0 ? "" : " and what the experiment records as `traces.csv`"}, in the format of \`glif run\`. It needs Brian2 2.5.1 or newer: \`pip install brian2\`,
or Debian's \`python3-brian\`. Without a compiler, put a file \`brian_preferences\` with the line \`codegen.target = "numpy"\` beside it.

| | |
|---|---|
| \`${stem}.py\` | the script |
${hasArrays ? `| \`${stem}.npz\` | arrays that it reads |\n` : ""}
## How it keeps time

Steps are ${timeOf(1, plan.step)} ms. glif names the end of the step in which a spike happens, Brian2 its beginning: \`spikes.csv\` has glif's times. A spike that arrives acts before the step is integrated, and
resets come before what a spike sends; the script's \`schedule\` says so. A refractory period is written one step longer than in glif, since Brian2 counts the step of the spike.

## What is not as in glif

${near.length === 0 ? "Nothing: spikes fall into the same steps, but for rounding." : near.map((what) => `- ${what}`).join("\n")}
`;
}
