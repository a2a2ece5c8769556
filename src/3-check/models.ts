// Each model checked by itself, and all rules asked of it; of a child that only adds to its parent, of what it adds.
import { parentsFirst } from "../base/parents.ts";
import { present } from "../base/invariant.ts";
import type { ResolvedModel } from "../2-resolve/resolved.ts";
import type { Library, Say } from "./context.ts";
import { modelKey } from "./experiment.ts";
import { checkAdded, checkModel } from "./neuron.ts";
import type { CheckedModel } from "./neuron.ts";
import type { ModelRule } from "./rules/rule.ts";

/** By their keys, in the order in which they are given. Parents come first, wherever they are declared: they hand down what is known of them, and what is wrong with them is told of them. */
export function checkModels(
  models: readonly ResolvedModel[],
  rules: readonly ModelRule[],
  library: Library,
  say: Say,
): Map<string, CheckedModel> {
  const made = new Map<ResolvedModel, CheckedModel>();
  const check = (model: ResolvedModel): CheckedModel => {
    const parent = model.parent === null ? null : (made.get(model.parent) ?? null);
    const added = parent === null || model.added === null ? null : checkAdded(model, parent, library, say);
    const whole = added?.whole ?? checkModel(model, parent, library, say);
    for (const rule of rules) rule(added?.own ?? whole, say);
    return whole;
  };
  const checked = new Map<string, CheckedModel>();
  for (const model of models) {
    parentsFirst(model, (m) => m.parent, made, check);
    checked.set(modelKey(model), present(made.get(model), model.name));
  }
  return checked;
}
