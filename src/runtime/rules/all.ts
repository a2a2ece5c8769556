// `all`: each source with each target.
import { lacksSelf, sizeOf } from "../connectCheck.ts";
import { meanOfPairs, picker, targetsWhere } from "../connectPick.ts";
import { countedRows, foundRows } from "../connectRows.ts";
import type { RuleDeclaration, RuleMaking } from "./rule.ts";

export const ALL = {
  means: "each source with each target",
  arguments: [],
  draws: false,
  also: ["all_to_all", "full"],
} as const satisfies RuleDeclaration;

export const makingAll: RuleMaking = {
  check: () => undefined,
  predict: (request, mean) => meanOfPairs(request, 1, mean),
  build(request, done) {
    const { where, target } = request,
      targets = sizeOf(target);
    if (where === undefined)
      return countedRows(request, (i) => targets - (lacksSelf(request, i) ? 1 : 0), picker(request, "targets"), done);
    return foundRows(request, targets, (i, out) => targetsWhere(request, where, i, out), done);
  },
};
