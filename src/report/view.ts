// A comparison's result with its names cleaned for readers, and looked up by number.
import type { Cell, ComparisonResult, Contrast, MeasureColumn, StructuralSummary } from "../compare/comparison.ts";
import { headed } from "./numbers.ts";
import { nameText, oneLine, sentence } from "./words.ts";

export interface View {
  readonly result: ComparisonResult;
  readonly title: string;
  label(variant: number): string;
  /** What the label was shortened from, where it was: told once, in the table of models. */
  fullLabel(variant: number): string | null;
  experiment(experiment: number): string;
  /** "GLIF3 = LIF + …": the sentence of a structural difference, under the names that are shown. */
  told(summary: StructuralSummary): string;
  /** `rate`, `rmse(V)`: as it is called in tables, and with its unit. */
  measure(measure: number): string;
  measureWithUnit(measure: number): string;
  cell(variant: number, experiment: number, measure: number): Cell | null;
  contrast(variant: number, experiment: number, measure: number): Contrast | null;
  /** Measures that any cell of the experiment has a number for, or ought to have; in order. */
  numbersOf(experiment: number): readonly number[];
  /** Measures that are curves in that experiment. */
  curvesOf(experiment: number): readonly number[];
  /** Variants that were run under it. */
  variantsOf(experiment: number): readonly number[];
}

export function viewOf(result: ComparisonResult): View {
  const key = (...numbers: number[]): string => numbers.join(" ");
  const cells = new Map(result.cells.map((cell) => [key(cell.variant, cell.experiment, cell.measure), cell]));
  const contrasts = new Map(
    result.contrasts.map((contrast) => [key(contrast.variant, contrast.experiment, contrast.measure), contrast]),
  );
  const labels = distinct(result.variants.map((variant) => nameText(variant.label)));
  const measureName = (measure: MeasureColumn | undefined): string =>
    nameText(measure === undefined ? "" : measureTitle(measure));
  const under = (experiment: number): readonly Cell[] => result.cells.filter((cell) => cell.experiment === experiment);
  const sorted = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);
  return {
    result,
    title: nameText(result.name),
    label: (variant) => labels[variant] ?? "?",
    fullLabel: (variant) => {
      const full = oneLine(result.variants[variant]?.label ?? "");
      return full === "" || nameText(full) === full ? null : full;
    },
    told: ({ variant, sentence: said }) => {
      const [full, shown] = [result.variants[variant]?.label ?? "", labels[variant] ?? ""];
      // An arrow of two characters is torn apart at the end of a line.
      return sentence(said.startsWith(`${full} `) ? shown + said.slice(full.length) : said).replaceAll(
        " -> ",
        " \u2192 ",
      );
    },
    experiment: (experiment) => nameText(result.experiments[experiment]?.name ?? "?"),
    measure: (measure) => measureName(result.measures[measure]),
    measureWithUnit: (measure) =>
      headed(measureName(result.measures[measure]), oneLine(result.measures[measure]?.unit ?? "", 20)),
    cell: (variant, experiment, measure) => cells.get(key(variant, experiment, measure)) ?? null,
    contrast: (variant, experiment, measure) => contrasts.get(key(variant, experiment, measure)) ?? null,
    numbersOf: (experiment) => {
      const curves = new Set(
        under(experiment)
          .filter((cell) => cell.curve !== null)
          .map((cell) => cell.measure),
      );
      return sorted(under(experiment).map((cell) => cell.measure)).filter(
        (measure) =>
          !curves.has(measure) || under(experiment).some((cell) => cell.measure === measure && cell.mean !== null),
      );
    },
    curvesOf: (experiment) =>
      sorted(
        under(experiment)
          .filter((cell) => cell.curve !== null)
          .map((cell) => cell.measure),
      ),
    variantsOf: (experiment) => sorted(under(experiment).map((cell) => cell.variant)),
  };
}

/** The title, and the arguments that tell it from others of the same measure: "RMSE of V", "van Rossum distance (tau: 10 ms)". */
function measureTitle({ title, key, name }: MeasureColumn): string {
  const inner = key.startsWith(`${name}(`) ? key.slice(name.length) : "";
  return `${title === "" ? name : title}${inner === "" ? "" : ` ${inner}`}`;
}

/** Shortened names that have become the same get a number. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
