// Parameters of the network and the experiment: runtime values like those of neurons, and numbers wherever the plan itself needs one (sizes, the clock).
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import { canonicalUnit } from "../quantities/unit.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron, CheckedQuantity } from "../3-check/checked.ts";
import { elementary } from "./elementary.ts";
import { lowering, UNBOUND } from "./lower.ts";
import { type ParameterPlan } from "./plan.ts";
import { STEP, setupSymbol } from "./symbols.ts";
import { shownValue } from "./units.ts";

export interface Setup {
  readonly parameters: readonly ParameterPlan[];
  expression(e: CheckedExpr): Expr;
  /** Value of a set-up symbol. */
  value(symbol: string): number;
}

/** `step` is what `dt` is where something is computed from it; the checker has seen to it that it is not made of `dt` itself. */
export function lowerSetup({ setup: quantities, step }: Pick<CheckedExperiment, "setup" | "step">): Setup {
  const lower = lowering(NOBODY, (input) => present<Expr>(null, `input ${input.name} of a set-up`));
  const expression = (e: CheckedExpr): Expr => lower.expression(e, UNBOUND);
  const values = new Map<string, number>();
  const value = (symbol: string): number => (symbol === STEP ? dt() : present(values.get(symbol), symbol));
  let known: number | null = null;
  // The step may use parameters of the set-up, and these may use `dt`.
  const dt = (): number => (known ??= evaluate(expression(step), valueOfStep, elementary));
  const valueOfStep = (symbol: string): number => {
    const q = quantities.find((p) => setupSymbol(p.name) === symbol);
    return q?.value?.kind === "expression" ? evaluate(expression(q.value.expression), valueOfStep, elementary) : NaN;
  };
  const parameters: ParameterPlan[] = [];
  const pending = quantities.filter((q) => q.role === "param");
  // Each parameter after those it uses; the checker has excluded cycles.
  while (pending.length > 0) {
    const next = pending.findIndex(
      (q) => q.value?.kind === "expression" && !uses(expression(q.value.expression), pending),
    );
    const [q] = pending.splice(Math.max(next, 0), 1);
    if (q === undefined || q.value?.kind !== "expression") continue;
    const meaning = expression(q.value.expression);
    values.set(setupSymbol(q.name), evaluate(meaning, value, elementary));
    parameters.push({
      name: q.name,
      unit: canonicalUnit(q.dimension).text,
      shown: { unit: q.unit.text, value: shownValue(q.value, q.unit) },
      doc: q.doc,
      value: { kind: "expression", expression: meaning },
      perNeuron: false,
    });
  }
  return { parameters, expression, value };
}

/** The same with further parameters, each of which may use those before it. */
export function withParameters(setup: Setup, more: readonly ParameterPlan[]): Setup {
  const values = new Map<string, number>();
  const value = (symbol: string): number => values.get(symbol) ?? setup.value(symbol);
  for (const p of more)
    if (p.value.kind === "expression") values.set(setupSymbol(p.name), evaluate(p.value.expression, value, elementary));
  return { parameters: [...setup.parameters, ...more], expression: setup.expression, value };
}

function uses(e: Expr, quantities: readonly CheckedQuantity[]): boolean {
  const names = new Set(quantities.map((q) => setupSymbol(q.name)));
  return [...symbolsOf(e)].some((s) => names.has(s));
}

/** Set-up expressions speak of no neuron. */
const NOBODY = { contributions: [] as CheckedNeuron["contributions"] };
