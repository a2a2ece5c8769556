// The measures of a comparison as columns of its tables.
import { present } from "../base/invariant.ts";
import type { CheckedMeasure } from "../3-check/checked.ts";
import { measureOfName } from "../measures/catalogue.ts";
import type { MeasureColumn } from "./comparison.ts";
import type { PreparedComparison } from "./prepare.ts";

export function columnsOf(prepared: PreparedComparison): readonly MeasureColumn[] {
  const seen = new Map<string, number>();
  return prepared.comparison.measures.map((measure): MeasureColumn => {
    const { name, title, definition, source, nearer } = present(measureOfName(measure.name), measure.name);
    const times = (seen.get(measure.text) ?? 0) + 1;
    seen.set(measure.text, times);
    return {
      key: times === 1 ? measure.text : `${measure.text} (${times})`,
      name,
      title,
      unit: unitOf(measure, prepared),
      definition,
      source,
      nearer,
    };
  });
}

/** As the values have it; empty for a pure number. */
function unitOf(measure: CheckedMeasure, { comparison, cases }: PreparedComparison): string {
  const { unit } = present(measureOfName(measure.name), measure.name);
  const text = (): string => {
    if (unit === "same as sweep") return comparison.sweeps[0]?.unit.text ?? "";
    if (unit !== "same as trace") return unit.text;
    const place = comparison.measures.indexOf(measure);
    const variables = cases.flatMap((c) => c.program.tasks.filter((t) => t.measure === place).map((t) => t.variable));
    return (
      cases
        .flatMap((c) => c.program.measured)
        .find((r) => variables.some((v) => v?.population === r.population && v.name === r.variable))?.unit ?? ""
    );
  };
  const found = text();
  return found === "1" ? "" : found;
}
