// `one_to_one`: the first source with the first target, the second with the second …
import { lacksSelf, sizeOf } from "../connectCheck.ts";
import { ConnectionError } from "../connectError.ts";
import { foundRows } from "../connectRows.ts";
import type { RuleDeclaration, RuleMaking } from "./rule.ts";

export const ONE_TO_ONE = {
  means: "the first source with the first target, the second with the second …; there are as many on either side",
  arguments: [],
  draws: false,
  pairsUp: true,
  also: ["one2one"],
} as const satisfies RuleDeclaration;

export const makingOneToOne: RuleMaking = {
  check(request) {
    const { name, source, target } = request;
    if (sizeOf(source) !== sizeOf(target))
      throw new ConnectionError(
        name,
        `one_to_one of \`${name}\` needs as many sources as targets: there are ${sizeOf(source)} sources and ${sizeOf(target)} targets`,
      );
    if (source.first === target.first && lacksSelf(request, source.first))
      throw new ConnectionError(
        name,
        `one_to_one of \`${name}\` would connect each neuron to itself only: \`allow self\``,
      );
  },
  asks: ({ source }) => [sizeOf(source), 1],
  predict({ source, target, where }, mean) {
    const meets = where === undefined ? 1 : mean((k) => (where(source.first + k, target.first + k) ? 1 : 0));
    return sizeOf(source) * meets;
  },
  build(request, done) {
    const { where } = request,
      partner = request.target.first - request.source.first;
    return foundRows(request, 1, (i, out) => ((out[0] = i + partner), (where?.(i, i + partner) ?? true) ? 1 : 0), done);
  },
};
