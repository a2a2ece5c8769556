// What a report of a fit says besides figures, once for paper, Markdown and the terminal: the answer, the numbers, what the data do not tell, and how the numbers were found.
import { listed } from "../base/lists.ts";
import type { FitReport, FittedModel, ShownNumber, ShownScore } from "../fit/fitReport.ts";
import { JITTER } from "../fit/jitter.ts";
import { measureOfName } from "../measures/catalogue.ts";
import { durationText, estimate, NOTHING, valueText, withUnit, rangesText } from "./numbers.ts";
import { counted, sentence } from "./words.ts";

export interface FitSection {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly FitBlock[];
}

export type FitBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** The first column names the row; others are numbers where `numbers` says so. */
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly numbers: readonly boolean[];
      readonly rows: readonly (readonly string[])[];
    };

/** The answer first: what explains the recording how well, which model it needs, and what to beware of. */
export function fitAnswer(report: FitReport): readonly string[] {
  return [
    subjectOf(report),
    ...(report.complete ? [] : [sentence(`The fit is not complete: ${report.reason ?? ""}`)]),
    ...report.models.map((m) => scoreSentence(report, m)),
    ...(report.choice === null ? [] : [report.choice.sentence]),
    ...report.models.flatMap((m) => warnings(report, m)),
  ];
}

export function fitSections(report: FitReport): readonly FitSection[] {
  const several = report.models.length > 1;
  const each = (blocks: (m: FittedModel) => readonly FitBlock[]): FitBlock[] =>
    report.models.flatMap((m): FitBlock[] => {
      const own = blocks(m);
      return own.length === 0 || !several ? [...own] : [{ kind: "heading", text: m.label }, ...own];
    });
  return [
    { id: "numbers", title: "The numbers", blocks: each((m) => [numbersTable(m)]) },
    {
      id: "scores",
      title: "How well they explain the recording",
      blocks: [scoresTable(report), ...report.models.flatMap((m) => sweepsTable(report, m))],
    },
    { id: "unknown", title: "What the data do not tell", blocks: each(unknownOf) },
    { id: "found", title: "How they were found", blocks: each(foundBy) },
  ];
}

function subjectOf({ models, recording, experiments, train, test, trainSweeps, testSweeps }: FitReport): string {
  const parts = (windows: FitReport["train"], sweeps: readonly number[]): string =>
    sweeps.length > 0
      ? `${sweeps.length === 1 ? "sweep" : "sweeps"} ${rangesText(sweeps)}`
      : listed(windows.map((w) => `${durationText(w.from)} to ${durationText(w.until)}`));
  const [trained, tested] = [parts(train, trainSweeps), parts(test, testSweeps)];
  const seen = trained === "" ? "all of it seen" : `${trained} seen`;
  const kept = tested === "" ? "nothing kept back" : `${tested} kept back`;
  return `${listed(models.map((m) => m.label))} fitted to ${recording.path} (${recording.content}) under ${listed(experiments)}: ${seen}, ${kept}.`;
}

function scoreSentence({ objective }: FitReport, { label, train, test, ceiling, numbers }: FittedModel): string {
  const scored = test ?? train;
  if (scored.loss === null) return `${label} cannot run with any numbers that were tried.`;
  const parts = objective.map(({ text }, k) => {
    const best = (test === null ? ceiling?.train : ceiling?.test)?.[k] ?? null;
    const value = scored.terms[k] ?? null;
    const ratio = ratioTo(text, value, best);
    return `${text} ${valueText(value, 3)}${test === null ? "" : ` (on what it saw ${valueText(train.terms[k] ?? null, 3)})`}${best === null ? "" : `, of the cell with itself ${valueText(best, 3)}${ratio === null ? "" : `, ${valueText(ratio, 3)} of that`}`}`;
  });
  return `${label} with ${counted(numbers.length, "free number")}, ${test === null ? "on what it saw" : "on what was kept back"}: ${parts.join("; ")}.`;
}

/** Of a likeness: 1 where the model is as like the cell as the cell is itself. */
function ratioTo(text: string, value: number | null, best: number | null): number | null {
  const nearer = measureOfName(text.split("(")[0] ?? "")?.nearer;
  return nearer !== "larger" || value === null || best === null || best <= 0 ? null : value / best;
}

function warnings({ models }: FitReport, m: FittedModel): string[] {
  const of = models.length > 1 ? `${m.label}: ` : "";
  const hit = m.numbers.filter((n) => n.atBound !== null);
  return [
    ...(m.agreement.agree ? [] : [sentence(`${of}${m.agreement.words}`)]),
    ...(hit.length === 0
      ? []
      : [
          `${of}${listed(hit.map((n) => n.name))} ${hit.length === 1 ? "lies at a bound" : "lie at bounds"}: what explains the recording best may lie beyond.`,
        ]),
    ...m.notes.map((n) => sentence(`${of}${n}`)),
  ];
}

function numbersTable({ numbers }: FittedModel): FitBlock {
  const remarks = numbers.map(remarkOf);
  const isTold = remarks.some((r) => r !== "");
  return {
    kind: "table",
    head: ["Number", "Found", "95 % interval", "The model's own", "Sought between", ...(isTold ? ["Note"] : [])],
    numbers: [false, true, true, true, true, false],
    rows: numbers.map((n, k) => [
      n.name,
      withUnit(foundText(n), n.unit),
      n.interval === null ? NOTHING : intervalText(n),
      n.own === null ? NOTHING : withUnit(valueText(n.own), n.unit),
      `${valueText(n.lower)} and ${withUnit(valueText(n.upper), n.unit)}${n.logarithmic ? ", in equal ratios" : ""}`,
      ...(isTold ? [remarks[k] ?? ""] : []),
    ]),
  };
}

export function foundText({ value, interval }: ShownNumber): string {
  return estimate(value, interval).mean;
}

export function intervalText({ value, interval, unit }: ShownNumber): string {
  const text = estimate(value, interval).interval;
  return text === "" ? NOTHING : withUnit(text, unit);
}

function remarkOf({ atBound, interval, because }: ShownNumber): string {
  return [atBound === null ? "" : `at its ${atBound} bound`, interval === null ? because : ""]
    .filter((t) => t !== "")
    .join("; ");
}

/** Counts of spikes tell at a glance what means over sweeps hide. */
function sweepsTable({ objective, models }: FitReport, { label, bySweep }: FittedModel): FitBlock[] {
  if (bySweep.length === 0) return [];
  return [
    ...(models.length > 1 ? [{ kind: "heading", text: label } as const] : []),
    {
      kind: "table",
      head: ["Sweep", "Part", "Spikes recorded", "of the model", ...objective.map(({ text }) => text)],
      rows: bySweep.map((s) => [
        s.label,
        s.isKept ? "kept back" : "seen",
        s.recordedSpikes === null ? NOTHING : String(s.recordedSpikes),
        s.spikes === null ? NOTHING : String(s.spikes),
        ...s.terms.map((v) => valueText(v)),
      ]),
      numbers: [false, false, true, true, ...objective.map(() => true)],
    },
  ];
}

function scoresTable({ objective, models }: FitReport): FitBlock {
  const isKept = models.some((m) => m.test !== null);
  const cells = (score: ShownScore | null, scatter: FittedModel["scatter"]): string[] => [
    ...objective.map((_, k) => valueText(score?.terms[k] ?? null)),
    valueText(score?.loss ?? null),
    scatter === null ? NOTHING : `${valueText(scatter.mean)} ± ${valueText(scatter.error, 2)}`,
  ];
  const rows = models.flatMap((m) => [
    ...(isKept ? [[m.label, "kept back", ...cells(m.test, m.scatter)]] : []),
    [m.label, "seen", ...cells(m.train, isKept ? null : m.scatter)],
    ...(m.ceiling === null
      ? []
      : [
          [
            "the cell with itself",
            m.ceiling.test === null ? "seen" : "kept back",
            ...objective.map((_, k) => valueText((m.ceiling?.test ?? m.ceiling?.train)?.[k] ?? null)),
            NOTHING,
            NOTHING,
          ],
        ]),
  ]);
  return {
    kind: "table",
    head: [
      "Model",
      "Part",
      ...objective.map(({ text, weight }) => (objective.length > 1 ? `${valueText(weight)}\u00B7${text}` : text)),
      "Loss",
      `Loss, numbers up to ${100 * JITTER} % off`,
    ],
    numbers: [false, false, ...objective.map(() => true), true, true],
    rows: rows.filter((r, k) => rows.findIndex((o) => o.join() === r.join()) === k),
  };
}

function unknownOf({ directions, numbers }: FittedModel): readonly FitBlock[] {
  const items = [
    ...directions.map((d) => sentence(d.words)),
    ...numbers.filter((n) => n.atBound !== null).map((n) => `${n.name} lies at its ${n.atBound ?? ""} bound.`),
  ];
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

function foundBy({ stages, searches, agreement, evaluations, stopped }: FittedModel): readonly FitBlock[] {
  return [
    {
      kind: "list",
      items: [
        ...stages.map((s) => `${sentence(s.words)} ${counted(s.evaluations, "run")}.`),
        sentence(`${counted(evaluations, "run")} in all; ${stopped}`),
        sentence(agreement.words),
      ],
    },
    {
      kind: "table",
      head: ["Seed", "Loss", "Runs", "Restarts", "Ended"],
      numbers: [false, true, true, true, false],
      rows: searches.map((s) => [
        String(s.seed),
        valueText(Number.isFinite(s.loss) ? s.loss : null),
        String(s.evaluations),
        String(s.restarts),
        s.stopped,
      ]),
    },
  ];
}
