// A connection rule that nobody ships: `ring(reach: 2)`, each source with its neighbours on a ring.
import { sizeOf } from "../../src/runtime/connectCheck.ts";
import { ConnectionError } from "../../src/runtime/connectError.ts";
import type { ConnectionRequest } from "../../src/runtime/connectRequest.ts";
import { foundRows } from "../../src/runtime/connectRows.ts";
import type { RuleDeclaration, RuleMaking } from "../../src/runtime/rules/rule.ts";

export const RING: RuleDeclaration = {
  means: "each source with the targets up to `reach` places from its own, on a ring",
  arguments: [{ name: "reach", what: "the reach", example: "2", is: "number", unit: "1", also: ["radius"] }],
  draws: false,
  also: ["circular"],
};

const reachOf = (request: ConnectionRequest): number => (request as { readonly reach?: number }).reach ?? NaN;

export const makingRing: RuleMaking = {
  check(request) {
    const reach = reachOf(request);
    if (!Number.isInteger(reach) || reach < 1 || 2 * reach >= sizeOf(request.target))
      throw new ConnectionError(request.name, `ring of \`${request.name}\` cannot reach ${reach} places`);
  },
  predict: (request) => 2 * reachOf(request) * sizeOf(request.source),
  build(request, done) {
    const reach = reachOf(request),
      { first } = request.target,
      size = sizeOf(request.target);
    return foundRows(
      request,
      2 * reach,
      (i, out) => {
        let count = 0;
        for (let j = 0; j < size; j++) {
          const apart = Math.abs(i - request.source.first - j);
          if (apart !== 0 && Math.min(apart, size - apart) <= reach) out[count++] = first + j;
        }
        return count;
      },
      done,
    );
  },
};
