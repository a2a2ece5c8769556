// Chooses for every group of equations the most exact method it admits, and says why. The order of preference is the table of the language reference, "Methods".
import { sortedBy } from "../base/lists.ts";
import { methodOf, type MethodName, type StagesName } from "../methods/methods.ts";
import {
  exactEquations,
  isMultiplicative,
  linearEquations,
  ownLine,
  splitNoise,
  type Equation,
  type System,
} from "./equations.ts";
import { exactGroup, exponentialGroup, stagedGroup, withReciprocals } from "./groups.ts";
import { asTold, circles, connectedParts, reachable, relaxing } from "./parts.ts";
import type { GroupEquation, UpdateGroup } from "./plan.ts";
import { exactReason, exponentialReason, reasonByName, stageReason, stayingReason } from "./reasons.ts";

/** Why a method that was asked for by name cannot be had. */
export interface Refusal {
  readonly equation: Equation;
  readonly why: string;
}

/** `prefix` goes before the groups' numbers in their ids. `otherwise`: the groups outside of the refractory period that this is for. */
export function chooseMethods(
  system: System,
  method: MethodName,
  tolerance: number | null,
  prefix = "",
  otherwise: readonly UpdateGroup[] = [],
): { readonly groups: readonly UpdateGroup[]; readonly refusal: Refusal | null } {
  const told = system.equations.map((e) => splitNoise(e, system.noises));
  // What an equation reads stands before it; what reads one another, and what does not, in the order of what tells states apart.
  const equations = circles(sortedBy(told, (e) => system.rank(e.state))).flat();
  const refusal = refuse(method, equations, system);
  const groups =
    refusal !== null || equations.length === 0
      ? []
      : method === "auto"
        ? automatic(equations, system, otherwise)
        : byName(method, equations, system, tolerance);
  return {
    groups: groups.map((group, k) => ({
      ...withReciprocals(group, system),
      id: `${prefix}${k + 1}`,
      told: asTold(group.equations, system).map((e) => e.state),
    })),
    refusal,
  };
}

/** The same by a stiff method where that was found to be needed. */
export function stiffMethods(system: System, reason: string, prefix = ""): readonly UpdateGroup[] {
  const { groups } = chooseMethods(system, "rosenbrock", null, prefix);
  return groups.map((group) => ({ ...group, reason }));
}

function byName(
  method: Exclude<MethodName, "auto">,
  equations: readonly GroupEquation[],
  system: System,
  tolerance: number | null,
): readonly UpdateGroup[] {
  const reason = reasonByName(method, equations);
  switch (method) {
    case "exact":
      return connectedParts(equations, system).map((part) => exactGroup(part, system, reason));
    case "exponential_euler":
      return exponentialGroups(circles(equations), [], () => reason, system);
    default:
      return [stagedGroup(method, equations, [], tolerance, reason)];
  }
}

/** Groups without an id yet. */
function automatic(
  equations: readonly GroupEquation[],
  system: System,
  otherwise: readonly UpdateGroup[],
): readonly UpdateGroup[] {
  const rungeKutta = new Set(otherwise.flatMap((g) => (g.method === "rk4" ? g.states : [])));
  const exact = exactEquations(equations, system);
  const isExact = new Set(exact);
  const exactGroups = connectedParts(exact, system).map((part) =>
    exactGroup(part, system, exactReason(asTold(part, system))),
  );
  const rest = connectedParts(
    equations.filter((e) => !isExact.has(e)),
    system,
  ).flatMap((part) => {
    const relax = relaxing(part, system);
    // What is of order 4 outside of refractoriness stays so meanwhile.
    const stays = relax !== null && part.some((e) => rungeKutta.has(e.state));
    if (relax !== null && !stays)
      return exponentialGroups(
        relax,
        exactGroups,
        (circle, order) => exponentialReason(asTold(circle, system), order),
        system,
      );
    const method = stageMethod(part, system);
    const reason = (stays ? stayingReason : stageReason)(method, asTold(part, system));
    return [stagedGroup(method, part, reachable(part, exact), null, reason)];
  });
  return [...exactGroups, ...rest];
}

function exponentialGroups(
  found: readonly (readonly GroupEquation[])[],
  before: readonly UpdateGroup[],
  reason: (circle: readonly GroupEquation[], order: 1 | 2) => string,
  system: System,
): readonly UpdateGroup[] {
  return found.reduce<readonly UpdateGroup[]>(
    (made, circle) => [
      ...made,
      exponentialGroup(circle, [...before, ...made], (order) => reason(circle, order), system),
    ],
    [],
  );
}

function stageMethod(equations: readonly GroupEquation[], system: System): StagesName {
  if (equations.every((e) => e.diffusion.size === 0)) return "rk4";
  return isMultiplicative(equations, system) && system.calculus === "ito" ? "euler" : "heun";
}

function refuse(method: MethodName, equations: readonly GroupEquation[], system: System): Refusal | null {
  const at = (e: GroupEquation, why: string): Refusal => ({
    equation: { state: e.state, value: e.drift, text: e.text, origin: e.origin },
    why,
  });
  const noisy = equations.find((e) => e.diffusion.size > 0);
  switch (method) {
    case "exact": {
      const linear = linearEquations(equations, system);
      const other = equations.find((e) => !linear.includes(e));
      return other === undefined ? null : at(other, "it is not linear with constant coefficients");
    }
    case "exponential_euler": {
      const other = equations.find((e) => ownLine(e) === null);
      if (other !== undefined) return at(other, `it is not linear in ${other.state} itself`);
      const multiplied = equations.find((e) => isMultiplicative([e], system));
      return multiplied === undefined
        ? null
        : at(multiplied, "its noise is multiplied by what moves, and exponential Euler takes additive noise only");
    }
    case "auto":
      return null;
    default: {
      const { title, noise } = methodOf(method);
      if (noisy === undefined) return null;
      if (noise === null) return at(noisy, `it has noise, which ${title} cannot take`);
      if (!isMultiplicative(equations, system)) return null;
      if (noise.sense === "additive")
        return at(noisy, `its noise is multiplied by what moves, and ${noise.title} takes additive noise only`);
      const sense = system.calculus === "ito" ? "Itô" : "Stratonovich";
      return noise.sense === sense
        ? null
        : at(
            noisy,
            `its noise is multiplied by a state and meant in ${sense}'s sense; ${noise.title} converges to ${noise.sense}'s`,
          );
    }
  }
}
