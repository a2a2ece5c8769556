// Says why a group of equations is integrated as it is: a sentence for `glif explain` and the kernel's header, the method after its last colon.
import { methodOf, type MethodName, type StagesName } from "../methods/methods.ts";
import { listed } from "../base/lists.ts";
import { ownLine } from "./equations.ts";
import { type GroupEquation } from "./plan.ts";
import { isShown } from "./symbols.ts";

type Equations = readonly GroupEquation[];

/** Those that people are told of. */
function told(equations: Equations): Equations {
  return equations.filter((e) => isShown(e.state));
}

export function exactReason(all: Equations): string {
  const equations = told(all);
  const names = namesOf(equations);
  const noisy = equations.some((e) => e.diffusion.size > 0);
  return `${names} ${equations.length > 1 ? "are linear in each other" : "is linear"} with constant coefficients${noisy ? " and additive noise: exact Ornstein-Uhlenbeck step" : ": exact propagator"}`;
}

export function exponentialReason(all: Equations, order: 1 | 2): string {
  const equations = told(all);
  const names = namesOf(equations);
  const noisy = equations.some((e) => e.diffusion.size > 0);
  const many = equations.length > 1;
  const what = many ? "are each linear in themselves given the others" : "is linear in itself given the others";
  return `${names} ${what}, with coefficients that change${noisy ? " and additive noise" : ""}: exponential Euler${many ? ", one after the other" : ""}, of order ${order}${noisy ? " (in the noise 1)" : ""}`;
}

export function stageReason(method: StagesName, all: Equations): string {
  const equations = told(all);
  const bent = equations.filter((e) => ownLine(e) === null);
  const noisy = equations.filter((e) => e.diffusion.size > 0);
  const noise = noisy.length > 0 ? methodOf(method).noise : null;
  const names = namesOf(equations);
  const many = equations.length > 1;
  const why =
    bent.length > 0
      ? `${namesOf(bent)} ${bent.length > 1 ? "are not linear in themselves" : "is not linear in itself"}`
      : noise?.sense === "Itô"
        ? `the noise of ${namesOf(noisy)} is multiplied by what moves`
        : `${names} ${many ? "are" : "is"} not linear with constant coefficients and ${many ? "do not all relax" : "does not relax"} at ${many ? "rates that change" : "a rate that changes"}`;
  const together =
    many && bent.length > 0 && bent.length < equations.length ? `, and ${names} read one another inside a step` : "";
  const how =
    noise === null
      ? methodOf(method).title
      : `${noise.title} (${noise.sense}${noise.sense === "Stratonovich" ? "; the same for additive noise" : ""})`;
  return `${why}${together}: ${how}`;
}

export function stayingReason(method: StagesName, all: Equations): string {
  const equations = told(all);
  return `${namesOf(equations)} ${equations.length > 1 ? "keep the order that they have" : "keeps the order that it has"} outside of refractoriness: ${methodOf(method).title}`;
}

/** `step`, `timeConstant`: ms */
export function stiffReason(states: readonly string[], timeConstant: number, step: number): string {
  const many = states.length > 1;
  return `${listed(states)} ${many ? "are" : "is"} stiff: ${many ? "they go" : "it goes"} back to ${many ? "their" : "its"} course within ${Number(timeConstant.toPrecision(2))} ms, and explicit steps of ${step} ms would throw ${many ? "them" : "it"} off it: Rosenbrock method of order 4`;
}

export function reasonByName(method: Exclude<MethodName, "auto">, equations: Equations): string {
  const { noise, step } = methodOf(method);
  const stochastic = equations.some((e) => e.diffusion.size > 0) && step.kind === "stages" ? noise?.title : undefined;
  return `asked for by name: method ${method}${stochastic === undefined ? "" : ` (${stochastic})`}`;
}

function namesOf(equations: Equations): string {
  return listed(equations.map((e) => e.state));
}
