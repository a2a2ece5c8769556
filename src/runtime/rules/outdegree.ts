// `outdegree(n: 10)`: each source with n targets drawn from all.
import { demandDegree, sizeOf, wholeNumber } from "../connectCheck.ts";
import { picker } from "../connectPick.ts";
import { countedRows } from "../connectRows.ts";
import { NUMBER, type RuleDeclaration, type RuleMaking } from "./rule.ts";

export const OUTDEGREE = {
  means: "each source with n targets drawn from all",
  arguments: [{ ...NUMBER, is: "targets", also: ["k", "K", "outdegree", "number"] }],
  draws: true,
  also: ["fixed_outdegree"],
} as const satisfies RuleDeclaration;

export const makingOutdegree: RuleMaking = {
  check: (request) => demandDegree(request, "targets"),
  predict: ({ source, n = 0 }) => n * sizeOf(source),
  build(request, done) {
    const n = wholeNumber(request);
    return countedRows(request, () => n, picker(request, "targets", request.multiple, request.where), done);
  },
};
