// What is right by its units and hardly ever meant: an angle in turns, noise that is scaled with the step, bounds in the wrong order.
import { textOf } from "../../base/source.ts";
import { boundsExchanged } from "../../diagnostics/model.ts";
import { rootOfStep } from "../../diagnostics/noise.ts";
import { radians } from "../../diagnostics/units.ts";
import { PERIODIC } from "../../diagnostics/units.ts";
import type { CheckedExperiment, CheckedExpr } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { visit } from "../walk.ts";
import { factorsOf } from "../waysOut.ts";
import { valuesOf } from "./division.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";

export const noSlips: ModelRule = ({ neuron }, say) => {
  askAll(valuesOf(neuron), say);
};

export const noSlipsInSynapse: SynapseRule = ({ synapse }, say) => {
  askAll(valuesOf(synapse), say);
};

export function noSlipsInSettings(experiment: CheckedExperiment, say: Say): void {
  const settings = [...experiment.populations, ...experiment.projections].flatMap((p) => p.settings);
  askAll(
    settings.flatMap((s) => (s.value.kind === "expression" ? [s.value.expression] : [])),
    say,
  );
}

function askAll(roots: readonly CheckedExpr[], say: Say): void {
  for (const root of roots)
    visit(root, (e) => {
      if (e.kind === "call" && PERIODIC.has(e.function)) inTurns(e, say);
      if (e.kind === "stimulus") angular(e, say);
      if (e.kind === "call" && e.function === "clamp") exchanged(e, say);
      if (e.kind === "arithmetic" && e.operator === "*") scaledByStep(e, say);
    });
}

/** `sin(10 Hz*t)`: hertz count turns, and nothing makes them an angle. */
function inTurns(call: Extract<CheckedExpr, { kind: "call" }>, say: Say): void {
  const [angle] = call.arguments;
  const factors = angle === undefined ? [] : factorsOf(angle);
  if (angle === undefined || !factors.some((f) => f.expr.kind === "time" && f.degree === 1)) return;
  const isTurned = /π|pi|6\.28|360/iu.test(textOf(angle.origin));
  const hertz = factors.find(
    ({ expr, degree }) =>
      degree === 1 && (expr.kind === "number" || expr.kind === "quantity") && /Hz$/u.test(unitOf(expr)),
  );
  if (isTurned || hertz === undefined) return;
  const text = textOf(angle.origin);
  say(
    radians(call.origin, {
      name: call.function,
      written: text,
      meant: `${call.function}(2*π*${text})`,
      at: angle.origin,
    }),
  );
}

function unitOf(expr: CheckedExpr): string {
  return expr.kind === "quantity" ? expr.quantity.unit.text : textOf(expr.origin);
}

/** `sine(300 pA, 10 rad/s)` */
function angular({ stimulus }: Extract<CheckedExpr, { kind: "stimulus" }>, say: Say): void {
  const frequency = stimulus.shape === "named" ? stimulus.parts.get("frequency") : undefined;
  if (frequency === undefined || !/\brad\b/u.test(textOf(frequency.origin))) return;
  const text = textOf(frequency.origin);
  say(radians(frequency.origin, { name: "sine", written: text, meant: `${text}/(2*π)`, at: null }));
}

/** `clamp(x, high, low)` is one of its bounds, whatever x is. */
function exchanged(call: Extract<CheckedExpr, { kind: "call" }>, say: Say): void {
  const [of, low, high] = call.arguments;
  if (of === undefined || low === undefined || high === undefined) return;
  const [a, b] = [low, high].map((bound) => evaluateNumber(bound, defaults()));
  if (a == null || b == null || !(a > b)) return;
  const [from, to] = [textOf(low.origin), textOf(high.origin)];
  say(
    boundsExchanged(call.origin, {
      written: textOf(call.origin),
      meant: `clamp(${textOf(of.origin)}, ${to}, ${from})`,
      edits: [
        { span: low.origin, newText: to },
        { span: high.origin, newText: from },
      ],
    }),
  );
}

/** `20 pA*ξ*sqrt(dt)`: the whole product alone. Who has a name for the strength, `σ*sqrt(dt)*ξ`, may want noise that is constant within a step. */
function scaledByStep(product: CheckedExpr, say: Say): void {
  const factors = factorsOf(product);
  const root = factors.find(
    ({ expr, degree }) =>
      degree === 1 && expr.kind === "call" && expr.function === "sqrt" && expr.arguments[0]?.kind === "step",
  );
  const others = factors.filter((f) => f !== root).map((f) => f.expr.kind);
  if (root !== undefined && others.includes("noise") && others.every((kind) => kind === "noise" || kind === "number"))
    say(rootOfStep(root.expr.origin, { written: textOf(product.origin), at: root.expr.origin }));
}
