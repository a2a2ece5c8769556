// Writes the gallery of comparisons: models/comparisons/README.md and its figures, each made by running a comparison of models/comparisons.
// `npx tsx scripts/comparisons.ts` writes; with `--check` it only says what is missing or out of date, without running anything.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { plain } from "../src/report/markdown.ts";
import { estimate } from "../src/report/numbers.ts";
import { viewOf, type View } from "../src/report/view.ts";
import { compared, type ComparisonRun } from "./compared.ts";
import { headerOf } from "./header.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "models", "comparisons");

/** What the gallery shows of a comparison. */
export interface ComparedExhibit {
  /** models/comparisons/<file>.glif */
  readonly file: string;
  readonly comparison: string;
  /** Names of the report's figures, each with what it shows. */
  readonly figures: Readonly<Record<string, string>>;
}

/** A question after the other. */
export const comparisons: readonly ComparedExhibit[] = [
  {
    file: "levels",
    comparison: "Levels",
    figures: {
      "overlay-Step": "Membrane potential and threshold of the five levels under the step, level 1 in grey behind.",
      "contrasts-Noisy": "What each level changes under noise, held against what the seeds and the step do.",
    },
  },
  {
    file: "abstractions",
    comparison: "Abstractions",
    figures: { "overlay-Step": "Four answers to one step of current." },
  },
  {
    file: "ca1",
    comparison: "Regularity",
    figures: { "raster-Constant": "Spikes of the models and of the cell under 800 pA." },
  },
  {
    file: "ca1",
    comparison: "Currents",
    figures: { "sweep-cv_isi": "Irregularity over the current: GLIF stays regular where it fires at all." },
  },
  {
    file: "noise",
    comparison: "NoiseOffAndOn",
    figures: {
      "raster-Driven": "Every neuron of the network, noise off and on.",
      contrasts: "What the noise changes.",
    },
  },
  { file: "noise", comparison: "LoopAndStep", figures: {} },
  { file: "noise", comparison: "RightAndStep", figures: {} },
  {
    file: "numerics",
    comparison: "Numerics",
    figures: { contrasts: "How far each integrator is from the located spikes." },
  },
  { file: "plasticity", comparison: "FixedAndPlastic", figures: { contrasts: "What plasticity changes." } },
  {
    file: "sweep",
    comparison: "Adaptation",
    figures: { "sweep-rate": "The rate over both parameters.", "sweep-adaptation": "The adaptation index over both." },
  },
];

export interface Compared extends ComparisonRun {
  readonly exhibit: ComparedExhibit;
}

/** Runs an exhibit's comparison. */
export async function runExhibit(exhibit: ComparedExhibit): Promise<Compared> {
  return { exhibit, ...(await compared(`models/comparisons/${exhibit.file}.glif`, exhibit.comparison)) };
}

/** What is wrong with the gallery as it stands: files and figures that do not belong together. */
export function comparisonProblems(): string[] {
  const problems: string[] = [];
  const files = readdirSync(folder)
    .filter((f) => f.endsWith(".glif"))
    .map((f) => f.slice(0, -".glif".length));
  for (const file of files)
    if (!comparisons.some((e) => e.file === file))
      problems.push(`models/comparisons/${file}.glif is not in the gallery of scripts/comparisons.ts`);
  for (const { file } of comparisons)
    if (!files.includes(file)) problems.push(`models/comparisons/${file}.glif does not exist`);
  const wanted = comparisons.flatMap((e) => Object.keys(e.figures).map((figure) => fileOf(e, figure)));
  const figures = existsSync(join(folder, "figures")) ? readdirSync(join(folder, "figures")) : [];
  for (const figure of wanted)
    if (!figures.includes(figure))
      problems.push(`models/comparisons/figures/${figure} is missing: npx tsx scripts/comparisons.ts`);
  for (const figure of figures)
    if (!wanted.includes(figure)) problems.push(`models/comparisons/figures/${figure} belongs to no comparison`);
  return problems;
}

/** The figures of an exhibit: SVG by file name. */
export function exhibitFigures({ exhibit, figures }: Compared): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(exhibit.figures).map((name) => {
      const svg = figures.get(name);
      if (svg === undefined)
        throw new Error(`${exhibit.comparison} has no figure ${name}; there are ${[...figures.keys()].join(", ")}`);
      return [fileOf(exhibit, name), svg];
    }),
  );
}

function fileOf({ file, comparison }: ComparedExhibit, figure: string): string {
  return `${file}-${comparison.toLowerCase()}-${figure}.svg`;
}

// ---- the text

export function comparisonsReadme(all: readonly Compared[]): string {
  const files = [...new Set(comparisons.map((e) => e.file))];
  const table = files
    .map((file) => `| [${file}](#${file}) | ${headerOf(join(folder, `${file}.glif`)).title} |`)
    .join("\n");
  const sections = files.map((file) => {
    const { title, body } = headerOf(join(folder, `${file}.glif`));
    return [`## ${file}`, title, body, ...all.filter((c) => c.exhibit.file === file).flatMap(sectionOf)].join("\n\n");
  });
  return `<!-- Written by scripts/comparisons.ts from the comments of the files and from their runs: change those, and run \`npx tsx scripts/comparisons.ts\`. -->

# Comparisons

Questions about models, each a file that \`glif compare\` answers: what differs in the equations, what differs in the spikes, and how much of that is due to the
numerics and to the seed. What the files expect is tested, in \`test/compare/models.test.ts\`. The figures are those of the reports.

| file | |
|-|-|
${table}

${sections.join("\n\n")}
`;
}

function sectionOf(compared: Compared): string[] {
  const { exhibit, result } = compared;
  const view = viewOf(result);
  const figures = Object.entries(exhibit.figures).map(
    ([name, caption]) => `![${plain(caption)}](figures/${encodeURI(fileOf(exhibit, name))})\n\n*${plain(caption)}*`,
  );
  return [
    `### ${exhibit.comparison}`,
    plain(result.doc),
    `\`\`\`sh\nglif compare models/comparisons/${exhibit.file}.glif ${exhibit.comparison}\n\`\`\``,
    ...structureOf(view),
    ...(result.sweep === null ? result.experiments.map((_, e) => tableOf(view, e)) : sweptTables(view)),
    ...figures,
  ];
}

function structureOf(view: View): string[] {
  const { structure, baseline } = view.result;
  const told = structure.filter((s) => s.variant !== baseline && !s.equal).map((s) => `- ${plain(s.sentence)}`);
  return told.length === 0 ? [] : [told.join("\n")];
}

function tableOf(view: View, experiment: number): string {
  const { measures, about } = view.result;
  const shown = view.numbersOf(experiment);
  const rows = view.variantsOf(experiment).map((v) => [
    plain(view.label(v)),
    ...shown.map((m) => {
      const cell = view.cell(v, experiment, m);
      return numberText(cell?.mean ?? null, cell?.interval ?? null);
    }),
  ]);
  const seeds =
    about.seeds.length > 1
      ? `\n\nMeans over ${about.seeds.length} seeds where anything is random; ±: 95 % interval.`
      : "";
  return (
    markdownTable([`under ${plain(view.experiment(experiment))}`, ...shown.map((m) => headOf(measures[m]))], rows) +
    seeds
  );
}

/** Of a sweep along one axis that fits a table: a row for each measure of each variant. */
function sweptTables(view: View): string[] {
  const { sweep, measures, variants } = view.result;
  const [axis, other] = sweep?.axes ?? [];
  if (sweep === null || axis === undefined || other !== undefined || axis.values.length > 6) return [];
  return measures.map((measure, m) => {
    const rows = variants.map((_, v) => [
      plain(view.label(v)),
      ...axis.values.map((__, k) =>
        numberText(sweep.points.find((p) => p.variant === v && p.at[0] === k)?.means[m] ?? null, null),
      ),
    ]);
    return markdownTable([headOf(measure), ...axis.values.map((value) => `${value} ${plain(axis.unit)}`)], rows);
  });
}

function headOf(measure: { readonly key: string; readonly unit: string } | undefined): string {
  const { key = "", unit = "" } = measure ?? {};
  return plain(unit === "" || unit === "1" ? key : `${key}, ${unit}`);
}

/** What rounding leaves of a zero is one. */
function numberText(mean: number | null, interval: readonly [number, number] | null): string {
  const { mean: text, half } = estimate(mean !== null && Math.abs(mean) < 1e-12 ? 0 : mean, interval);
  return half === "" ? text : `${text} ± ${half}`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map((_, k) => (k === 0 ? "-" : "-:")).join("|")}|`, ...rows.map(line)].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const problems = comparisonProblems();
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    const all: Compared[] = [];
    for (const exhibit of comparisons) all.push(await runExhibit(exhibit));
    rmSync(join(folder, "figures"), { recursive: true, force: true });
    mkdirSync(join(folder, "figures"));
    for (const one of all)
      for (const [name, svg] of exhibitFigures(one)) writeFileSync(join(folder, "figures", name), svg);
    writeFileSync(join(folder, "README.md"), comparisonsReadme(all));
  }
}
