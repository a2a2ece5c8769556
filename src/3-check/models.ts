// Each model checked by itself, and all rules asked of it; of a child that only adds to its parent, of what it adds.
import { parentsFirst } from "../base/parents.ts";
import { present } from "../base/invariant.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ResolvedModel } from "../2-resolve/resolved.ts";
import type { Library, Say } from "./context.ts";
import { modelKey } from "./experiment.ts";
import { checkAdded, checkModel } from "./neuron.ts";
import type { Checked, CheckedModel } from "./neuron.ts";
import type { ModelRule } from "./rules/all.ts";

interface Outcome {
  readonly model: CheckedModel;
  readonly said: readonly Diagnostic[];
  /** Nothing has been said of it, nor of what it takes over. */
  readonly isQuiet: boolean;
}

/** By their keys, in the order in which they are given; what is said of them is said in that order, too. */
export function checkModels(
  models: readonly ResolvedModel[],
  rules: readonly ModelRule[],
  library: Library,
  say: Say,
): Map<string, CheckedModel> {
  const outcomes = new Map<ResolvedModel, Outcome>();
  const position = new Map(models.map((m, k) => [m, k]));
  const place = (model: ResolvedModel): number => position.get(model) ?? Infinity;
  const outcomeOf = (model: ResolvedModel): Outcome => {
    const parent = model.added === null ? undefined : outcomes.get(model.added.to);
    const said: Diagnostic[] = [];
    const tell: Say = (d) => void said.push(d);
    // What is wrong with a parent is told of the first that has it.
    const shares = parent !== undefined && (parent.isQuiet || place(model.added?.to ?? model) < place(model));
    let checked: Checked | null = shares ? checkAdded(model, parent.model, library, tell) : null;
    const isShort = checked !== null;
    if (checked === null) {
      said.length = 0;
      const whole = checkModel(model, library, tell);
      checked = { whole, own: whole };
    }
    for (const rule of rules) rule(checked.own, tell);
    return { model: checked.whole, said, isQuiet: said.length === 0 && !(isShort && parent?.isQuiet === false) };
  };
  const checked = new Map<string, CheckedModel>();
  for (const model of models) {
    parentsFirst(
      model,
      (m) => (m.added === null || !position.has(m.added.to) ? null : m.added.to),
      outcomes,
      outcomeOf,
    );
    const { model: whole, said } = present(outcomes.get(model), model.name);
    for (const d of said) say(d);
    checked.set(modelKey(model), whole);
  }
  return checked;
}
