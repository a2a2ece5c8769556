// What is recorded more than once has one column: of each variable of each neuron, one recording counts; with two intervals there is none that could.
import { recordedTwice } from "../diagnostics/experiment.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { timeOf } from "../runtime/clock.ts";
import type { CheckedRecord } from "../3-check/checked.ts";
import type { RecordPlan } from "./plan.ts";

export interface PlannedRecord {
  readonly plan: RecordPlan;
  readonly record: CheckedRecord;
}

export function recordedOnce(all: readonly PlannedRecord[], step: number, diagnostics: Diagnostic[]): RecordPlan[] {
  return all.flatMap(({ plan, record }, k) => {
    const earlier = all.slice(0, k);
    const other = earlier.find(
      (o) => o.plan.every !== plan.every && overlap(o.plan, plan) && !o.record.measured && !record.measured,
    );
    if (other !== undefined)
      diagnostics.push(
        recordedTwice(record.origin, {
          population: plan.population,
          intervals: [timeOf(other.plan.every, step), timeOf(plan.every, step)],
          first: other.record.origin,
        }),
      );
    const wholes = (plan.whole ? earlier : all).map((o) => o.plan).filter((o) => o.whole);
    const variables = plan.variables.filter((v) => !wholes.some((o) => hasColumns(o, plan, v)));
    if (plan.whole) return variables.length === 0 ? [] : [{ ...plan, variables }];
    return variables.flatMap((v) =>
      runs(
        plan,
        earlier.map((o) => o.plan).filter((o) => !o.whole && hasColumns(o, plan, v)),
      ).map((run) => ({ ...plan, ...run, variables: [v] })),
    );
  });
}

function hasColumns(o: RecordPlan, plan: RecordPlan, variable: string): boolean {
  return o.population === plan.population && o.every === plan.every && o.variables.includes(variable);
}

function overlap(a: RecordPlan, b: RecordPlan): boolean {
  return (
    a.population === b.population &&
    a.first <= b.last &&
    b.first <= a.last &&
    a.variables.some((v) => b.variables.includes(v))
  );
}

/** What the others leave of the neurons of a slice. */
function runs(
  { first, last }: RecordPlan,
  others: readonly RecordPlan[],
): { readonly first: number; readonly last: number }[] {
  const left: { first: number; last: number }[] = [];
  let from = first;
  for (const o of [...others].sort((a, b) => a.first - b.first)) {
    if (o.last < from || o.first > last) continue;
    if (o.first > from) left.push({ first: from, last: o.first - 1 });
    from = Math.max(from, o.last + 1);
  }
  if (from <= last) left.push({ first: from, last });
  return left;
}
