// `indegree(n: 10)`: each target with n sources drawn from all.
import { demandDegree, sizeOf, wholeNumber } from "../connectCheck.ts";
import { picker } from "../connectPick.ts";
import { columns } from "../connectRows.ts";
import { NUMBER, type RuleDeclaration, type RuleMaking } from "./rule.ts";

export const INDEGREE = {
  means: "each target with n sources drawn from all",
  arguments: [{ ...NUMBER, is: "sources", also: ["k", "K", "indegree", "number"] }],
  draws: true,
  also: ["fixed_indegree"],
} as const satisfies RuleDeclaration;

export const makingIndegree: RuleMaking = {
  check: (request) => demandDegree(request, "sources"),
  predict: ({ target, n = 0 }) => n * sizeOf(target),
  build(request, done) {
    const n = wholeNumber(request),
      pick = picker(request, "sources", request.multiple, request.where);
    return columns(request, n, (j, out) => pick(j, n, out, 0), done);
  },
};
