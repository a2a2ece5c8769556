// Writes the gallery of fits: models/fits/README.md and its figures, each made by running a fit of models/fits.
// `npx tsx scripts/fits.ts` writes; with `--recordings` the recordings of known.glif's cells instead, which the fits of recovered.glif are held against.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fitSections, foundText, intervalText } from "../src/report/fitSections.ts";
import { plain } from "../src/report/markdown.ts";
import { valueText, withUnit } from "../src/report/numbers.ts";
import { fittedTo, written, type FitRun } from "./compared.ts";
import { headerOf } from "./header.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "models", "fits");

/** What the gallery shows of a fit. */
export interface FitExhibit {
  /** models/fits/<file>.glif */
  readonly file: string;
  readonly fit: string;
  /** The numbers that made the recording, in the units of the model, and by which part of them the fit may be off; null of a real cell. */
  readonly known: Readonly<Record<string, readonly [value: number, off: number]>> | null;
  /** Name of one of the report's figures, and what it shows. */
  readonly figure: readonly [name: string, caption: string];
}

/** As known.glif has them. */
const MEMBRANE = { C: [110, 0.04], G: [5, 0.06], E_L: [-70, 0.01], Θ_inf: [-49, 0.01] } as const;
const RESET = { δV: [2, 0.25], δΘ_s: [4, 0.25], b_s: [30, 0.35] } as const;
const CURRENTS = { "δI[1]": [-50, 0.08], "δI[2]": [-250, 0.12] } as const;
const OF_LEVEL = ["overlay-Current", "The cell, the level that made it, and the leaky integrator."] as const;

export const fits: readonly FitExhibit[] = [
  {
    file: "recovered",
    fit: "Level1",
    known: MEMBRANE,
    figure: ["overlay-Current", "The cell and the model."],
  },
  { file: "recovered", fit: "Level2", known: { ...MEMBRANE, ...RESET }, figure: OF_LEVEL },
  { file: "recovered", fit: "Level3", known: { ...MEMBRANE, ...CURRENTS }, figure: OF_LEVEL },
  { file: "recovered", fit: "Level4", known: { ...MEMBRANE, ...RESET, ...CURRENTS }, figure: OF_LEVEL },
  {
    file: "recovered",
    fit: "Level5",
    known: { ...MEMBRANE, Θ_inf: [-52, 0.02], ...RESET, ...CURRENTS, a_v: [12, 0.4], b_v: [40, 0.4] },
    figure: OF_LEVEL,
  },
  {
    file: "recovered",
    fit: "Exponential",
    known: {
      C: [150, 0.3],
      g_L: [12, 0.3],
      E_L: [-68, 0.05],
      V_T: [-52, 0.05],
      V_r: [-60, 0.05],
      τ_w: [120, 0.4],
      b: [60, 0.3],
    },
    figure: ["overlay-StrongCurrent", "The cell and the model."],
  },
  {
    file: "recovered",
    fit: "Escape",
    known: {
      C: [110, 0.01],
      G: [5, 0.01],
      E_L: [-70, 0.01],
      Θ_inf: [-50, 0.06],
      Δ: [1.5, 0.3],
      δΘ: [6, 0.3],
      τ_Θ: [40, 0.5],
    },
    figure: ["raster-Current", "Spikes of the cell, which are drawn, and of the model."],
  },
  {
    file: "recovered",
    fit: "Axon",
    known: { "Na.g_max": [130, 0.05], "K.g_max": [32, 0.05], "Leak.g": [0.35, 0.2] },
    figure: ["overlay-AxonCurrent", "The axon and the model."],
  },
  {
    file: "steps",
    fit: "Pyramidal",
    known: null,
    figure: ["overlay-Steps", "The sweep with the most spikes of those that were kept back."],
  },
];

export interface Fitted extends FitRun {
  readonly exhibit: FitExhibit;
}

export async function runFitExhibit(exhibit: FitExhibit): Promise<Fitted> {
  return { exhibit, ...(await fittedTo(`models/fits/${exhibit.file}.glif`, exhibit.fit)) };
}

const CELLS = ["GLIF1", "GLIF2", "GLIF3", "GLIF4", "GLIF5", "AdEx", "GIF", "HodgkinHuxley"] as const;

/** The recordings of the known cells: texts by file name. */
export async function knownRecordings(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const cell of CELLS)
    await written(["run", "models/fits/known.glif", `${cell}Recorded`], (out) => {
      texts.set(`${cell}_V.csv`, readFileSync(join(out, "traces.csv"), "utf8"));
      texts.set(`${cell}_spikes.csv`, readFileSync(join(out, "spikes.csv"), "utf8"));
    });
  return texts;
}

// ---- the text

function fileOf({ file, fit }: FitExhibit): string {
  return `${file}-${fit.toLowerCase()}.svg`;
}

function figureOf({ exhibit, figures }: Fitted): string {
  const [name] = exhibit.figure;
  const svg = figures.get(name);
  if (svg === undefined)
    throw new Error(`${exhibit.fit} has no figure ${name}; there are ${[...figures.keys()].join(", ")}`);
  return svg;
}

export function fitsReadme(all: readonly Fitted[]): string {
  const files = [...new Set(fits.map((e) => e.file))];
  const sections = files.map((file) => {
    const { title, body } = headerOf(join(folder, `${file}.glif`));
    return [`## ${file}`, title, body, ...all.filter((f) => f.exhibit.file === file).flatMap(sectionOf)].join("\n\n");
  });
  return `<!-- Written by scripts/fits.ts from the comments of the files and from their runs: change those, and run \`npx tsx scripts/fits.ts\`. -->

# Fits

Models and recordings, each a file whose fits \`glif fit\` runs. Known numbers come back from recordings that \`known.glif\` makes, with noise that no fit knows of; how far, is in the tables and tested in
\`test/fit/shippedFits.test.ts\`. Where the recording of a real cell comes from is in [NOTICE.md](NOTICE.md).

${sections.join("\n\n")}
`;
}

function sectionOf(fitted: Fitted): string[] {
  const { exhibit, report } = fitted;
  const { file, fit, figure } = exhibit;
  const scores = fitSections(report).find((s) => s.id === "scores")?.blocks ?? [];
  const caption = plain(figure[1]);
  return [
    `### ${fit}`,
    plain(report.doc, 2000),
    `\`\`\`sh\nglif fit models/fits/${file}.glif ${fit}\n\`\`\``,
    numbersOf(fitted),
    ...scores.flatMap((b) => (b.kind === "table" ? [table(b.head, b.rows, b.numbers)] : [])),
    ...(report.choice === null ? [] : [plain(report.choice.sentence, 2000)]),
    `![${caption}](figures/${fileOf(exhibit)})\n\n*${caption}*`,
  ];
}

/** Of the first model, with the known numbers where they are known. */
function numbersOf({ exhibit: { known }, report }: Fitted): string {
  const numbers = report.models[0]?.numbers ?? [];
  return table(
    ["Number", ...(known === null ? [] : ["Known"]), "Found", "95 % interval"],
    numbers.map((n) => [
      n.name,
      ...(known === null ? [] : [withUnit(valueText(known[n.name]?.[0] ?? null), n.unit)]),
      withUnit(foundText(n), n.unit),
      intervalText(n),
    ]),
    [false, true, true, true],
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly boolean[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => plain(c)).join(" | ")} |`;
  return [line(head), `|${head.map((_, k) => (numbers[k] === true ? "-:" : "-")).join("|")}|`, ...rows.map(line)].join(
    "\n",
  );
}

function emptied(name: string): string {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--recordings")) {
    const texts = await knownRecordings();
    const path = emptied("recordings");
    for (const [file, text] of texts) writeFileSync(join(path, file), text);
  } else {
    const path = emptied("figures");
    const all: Fitted[] = [];
    for (const exhibit of fits) {
      const fitted = await runFitExhibit(exhibit);
      all.push(fitted);
      writeFileSync(join(path, fileOf(exhibit)), figureOf(fitted));
      writeFileSync(join(folder, "README.md"), fitsReadme(all));
    }
  }
}
